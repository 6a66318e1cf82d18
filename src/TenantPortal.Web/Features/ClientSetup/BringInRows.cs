using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>Brings a table of people, devices or sites in: all good rows in one save or none, and each other row with its reason. Run again, it changes what differs.</summary>
public sealed class BringInRows(PortalDb db, Me me, TimeProvider time)
{
    public const int MostRows = 5_000;
    private const int Longest = 200;

    /// <param name="isTrial">Says what would happen and changes nothing.</param>
    public async Task<(UploadOutcome? Outcome, Refusal? Refusal)> RunAsync(Client client, UploadKind kind, string text, bool isTrial, CancellationToken cancel)
    {
        var table = CsvText.Read(text);
        var places = UploadColumns.Places(kind, table.Header);
        var missing = UploadColumns.Needed(kind).Where(n => !places.ContainsKey(n)).ToList();
        if (table.Header.Count == 0) return (null, new("The table is empty. The first line names the columns."));
        if (missing.Count > 0) return (null, new($"The first line does not name a column “{string.Join("” or “", missing)}”. It names: {string.Join(", ", table.Header.Take(12))}."));
        if (table.Rows.Count > MostRows) return (null, new($"The table has {table.Rows.Count} rows, and {MostRows} is the limit. Upload it in parts."));
        var target = await TargetAsync(client.Id, kind, cancel);
        var (rejected, seen) = (new List<RejectedRow>(), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        foreach (var row in table.Rows)
        {
            string? Cell(string column) => places.TryGetValue(column, out var at) && at < row.Cells.Count && CleanText.Of(row.Cells[at]).Trim() is { Length: > 0 } cell ? cell : null;
            if (Problem(table, row, seen, UploadColumns.Needed(kind)[^1], Cell) is { } why || (why = target.Take(Cell)) is not null) rejected.Add(new(row.Line, row.Cells, why));
        }
        var outcome = new UploadOutcome(table.Header, target.New, target.Changed, target.Same, rejected);
        if (isTrial) db.ChangeTracker.Clear();
        else await SaveAsync(client, kind, outcome, cancel);
        return (outcome, null);
    }

    private static string? Problem(CsvText table, CsvRow row, Dictionary<string, int> seen, string key, Func<string, string?> cell)
    {
        if (row.Cells.Count > table.Header.Count) return $"It has {row.Cells.Count} cells, and the first line names {table.Header.Count}: is a “{table.Separator}” inside a cell without quotes?";
        if (row.Cells.FirstOrDefault(c => c.Length > Longest) is { } long_) return $"A cell has {long_.Length} characters, and {Longest} is the limit.";
        if (cell("name") is null) return "The name is missing.";
        if (cell(key) is not { } value) return key == "email" ? "The mail address is missing." : "The name is missing.";
        return seen.TryAdd(value, row.Line) ? null : $"The same {(key == "email" ? "mail address" : "name")} as in line {seen[value]}; that row was taken.";
    }

    private async Task<UploadTarget> TargetAsync(TenantId client, UploadKind kind, CancellationToken cancel)
    {
        var sites = (await db.Sites.Where(s => s.TenantId == client).ToListAsync(cancel)).DistinctBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);
        if (kind == UploadKind.Sites) return new SitesTarget(db, client, sites);
        var people = await db.Contacts.Where(c => c.TenantId == client && !c.IsShared).ToDictionaryAsync(c => c.NormalizedEmail, cancel);
        if (kind == UploadKind.People) return new PeopleTarget(db, client, sites, people);
        return new DevicesTarget(db, client, sites, people, (await db.Devices.Where(d => d.TenantId == client).ToListAsync(cancel)).DistinctBy(d => d.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(d => d.Name, StringComparer.OrdinalIgnoreCase));
    }

    private async Task SaveAsync(Client client, UploadKind kind, UploadOutcome outcome, CancellationToken cancel)
    {
        if (outcome.New + outcome.Changed == 0) return;
        db.Add(new ClientEvent
        {
            TenantId = client.Id, Kind = $"{kind.ToString().ToLowerInvariant()}-uploaded", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = time.GetUtcNow(),
            Detail = new() { ["new"] = $"{outcome.New}", ["changed"] = $"{outcome.Changed}", ["rejected"] = $"{outcome.Rejected.Count}" },
        });
        await db.SaveChangesAsync(cancel);
    }
}
