using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Content;

/// <summary>A database with the demo in it, and nothing else of ours but the two clients that always exist.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    public Portal Portal { get; } = new();
    public string Said { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        // the demo has people of its own under these names
        var staff = Portal.Services.GetRequiredService<StaffDirectory>();
        foreach (var member in staff.All.ToList()) await Server.SqlAsync(Portal.Owner, $"delete from staff_member where id = '{member.Id}'");
        await staff.RefreshAsync(CancellationToken.None);
        Said = await LoadAsync();
    }

    public async Task<string> LoadAsync()
    {
        await using var lines = new StringWriter();
        Assert.True(await Portal.Services.GetRequiredService<LoadDemo>().RunAsync(new Progress(lines, isTerminal: false), CancellationToken.None), lines.ToString());
        return lines.ToString();
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

public sealed class DemoTests(DemoPortal demo) : IClassFixture<DemoPortal>
{
    private static readonly string[] Slugs = ["northwind", "harbour", "larch"];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_clients_come_in_with_a_year_of_tickets_and_the_live_ones()
    {
        var now = TimeProvider.System.GetUtcNow();
        var tickets = await AllAsync(db => db.Tickets.AsNoTracking());
        Assert.True(tickets.Count(t => !t.IsOpen) >= 150, $"{tickets.Count(t => !t.IsOpen)} past tickets");
        Assert.InRange(tickets.Count(t => t.IsOpen), 20, 30);
        Assert.All(tickets, t => Assert.NotNull(t.Verdict));
        Assert.All(tickets.Where(t => !t.IsOpen), t => Assert.NotNull(t.Resolution));
        Assert.All(tickets, t => Assert.True(t.OpenedAt <= t.UpdatedAt && t.UpdatedAt <= now, t.Subject));
        Assert.Contains(tickets, t => t.ResolvedByVersion is not null);
        Assert.Contains(tickets, t => t.ReopenCount > 0);
        Assert.Contains(tickets, t => t.IsTryingGuide);
    }

    [Fact]
    public async Task The_retailer_has_an_unacknowledged_P1_by_its_clause_and_the_training_video_is_none()
    {
        var tickets = await OfAsync("northwind", db => db.Tickets.AsNoTracking());
        Assert.Contains(tickets, t => t is { IsOpen: true, Priority: Priority.P1, AcknowledgedAt: null, Path: "ines" } && t.Verdict!.Clause!.Title == "Point-of-sale outage");
        Assert.Contains(tickets, t => t.Subject.Contains("training video", StringComparison.Ordinal) && t.Priority > Priority.P2);
    }

    [Fact]
    public async Task Every_attempt_that_was_told_ran_through_a_published_guide()
    {
        Assert.DoesNotContain("not offered to this client", demo.Said, StringComparison.Ordinal);
        var attempts = await AllAsync(db => db.Attempts.AsNoTracking());
        Assert.True(attempts.Count >= 100, $"{attempts.Count} attempts");
        Assert.All(attempts, a => Assert.NotEmpty(a.Steps));
        Assert.Contains(attempts, a => a.IsRunning);
    }

    [Fact]
    public async Task Nobody_is_written_to_about_what_was_brought_in()
    {
        var clients = Slugs.Select(slug => Client(slug).Id.Value).ToList();
        Assert.Empty(await Server.ListAsync<Guid>(demo.Portal.Owner, $"select ref_id from job where kind = 'ticket-events' and tenant_id in ('{string.Join("','", clients)}')"));
        Assert.Empty(await AllAsync(db => db.Outbox.AsNoTracking()));
        Assert.NotEmpty(await AllAsync(db => db.Events.AsNoTracking()));
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_says_the_same()
    {
        var before = await CountsAsync();
        var person = await OfAsync("larch", async db =>
        {
            var contact = await db.Contacts.OrderBy(c => c.Name).FirstAsync(Cancel);
            contact.Phone = "changed in the browser";
            await db.SaveChangesAsync(Cancel);
            return contact;
        });
        var said = await demo.LoadAsync();
        Assert.Equal(OfTheDemo(demo.Said), OfTheDemo(said));
        Assert.Equal(before, await CountsAsync());
        Assert.Equal("changed in the browser", await OfAsync("larch", db => db.Contacts.Where(c => c.Id == person.Id).Select(c => c.Phone).SingleAsync(Cancel)));
    }

    // another test may have brought in a client of its own meanwhile
    private static IEnumerable<string> OfTheDemo(string said) => said.Split("approved.")[1].Split('\n').Where(line => !line.Contains("larch-two", StringComparison.Ordinal));

    [Fact]
    public async Task A_client_with_one_broken_line_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("client-test").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Server.Folder, "content", "demo", "larch"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Path.Combine(Server.Folder, "content", "demo", "larch"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var head = Path.Combine(folder, "client.yml");
        await File.WriteAllTextAsync(head, (await File.ReadAllTextAsync(head, Cancel)).Replace("slug: larch", "slug: larch-two", StringComparison.Ordinal).Replace("ticket_prefix: LVA", "ticket_prefix: LVB", StringComparison.Ordinal), Cancel);
        var past = Path.Combine(folder, "tickets", "past.jsonl");
        var lines = await File.ReadAllLinesAsync(past, Cancel);
        lines[2] = lines[2].Replace("\"person\": \"", "\"person\": \"nobody-", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(past, lines, Cancel);

        var import = demo.Portal.Services.GetRequiredService<ImportClient>();
        var refused = await import.RunAsync(folder, keep: false, Cancel);
        Assert.Null(refused.Client);
        Assert.Contains(refused.Problems, p => p is { File: "tickets/past.jsonl", Line: 3 } && p.Reason.Contains("nobody-", StringComparison.Ordinal));
        Assert.Null(demo.Portal.Services.GetRequiredService<ClientDirectory>().BySlug("larch-two"));

        lines[2] = lines[2].Replace("nobody-", "", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(past, lines, Cancel);
        await DryAndCutOffAsync(folder);
        Assert.True((await import.RunAsync(folder, keep: false, Cancel)).IsNew);
        var again = await import.RunAsync(folder, keep: false, Cancel);
        Assert.False(again.IsNew);
        Assert.Equal(["client-imported"], await OfAsync("larch-two", db => db.ClientEvents.Where(e => e.Kind == "client-imported").Select(e => e.Kind)));
        Directory.Delete(folder, recursive: true);
    }

    // a dry run and a run that is cut off among its tickets both leave nothing behind
    private async Task DryAndCutOffAsync(string folder)
    {
        var bringIn = demo.Portal.Services.GetRequiredService<BringInClient>();
        await using var lines = new StringWriter();
        Assert.True(await bringIn.RunAsync(folder, keep: false, new(lines, isTerminal: false), Cancel, isTrial: true));
        Assert.Contains("  + person ", lines.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("This was a dry run: nothing was changed.", lines.ToString().TrimEnd(), StringComparison.Ordinal);
        using var cut = new CancellationTokenSource();
        await using var cutting = new Cutting(cut);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bringIn.RunAsync(folder, keep: false, new(cutting, isTerminal: true), cut.Token));
        var clients = demo.Portal.Services.GetRequiredService<ClientDirectory>();
        await clients.RefreshAsync(Cancel);
        Assert.Null(clients.BySlug("larch-two"));
        Assert.Empty(await Server.ListAllAsync<Guid>(demo.Portal.Owner, "select tenant_id from ticket where tenant_id not in (select id from client)"));
    }

    private sealed class Cutting(CancellationTokenSource cut) : StringWriter
    {
        public override void Write(string? value)
        {
            if (value?.Contains("tickets 10 of", StringComparison.Ordinal) == true) cut.Cancel();
        }
    }

    private async Task<string> CountsAsync()
    {
        var tables = new[] { "ticket", "ticket_event", "ticket_message", "attempt", "contact", "device", "runbook_version", "published_runbook", "client_event", "recent_change", "variable_value", "clause", "request_type", "pack_media", "triage_rule_set" };
        var counts = new List<string>();
        var mine = string.Join("','", Slugs.Append("msp").Select(slug => Client(slug).Id.Value)) is var ids ? $"tenant_id in ('{ids}')" : "";
        foreach (var table in tables) counts.Add($"{table} {(await Server.ListAsync<long>(demo.Portal.Owner + ";Options=-c app.all=1", $"select count(*) from {table} where {mine}"))[0]}");
        return string.Join('\n', counts);
    }

    private Client Client(string slug) => demo.Portal.Services.GetRequiredService<ClientDirectory>().BySlug(slug)!;

    private async Task<List<T>> AllAsync<T>(Func<PortalDb, IQueryable<T>> query)
    {
        var rows = new List<T>();
        foreach (var slug in Slugs) rows.AddRange(await OfAsync(slug, query));
        return rows;
    }

    private Task<List<T>> OfAsync<T>(string slug, Func<PortalDb, IQueryable<T>> query) => OfAsync(slug, db => query(db).ToListAsync(Cancel));

    private Task<T> OfAsync<T>(string slug, Func<PortalDb, Task<T>> work) => demo.Portal.AsAsync(Client(slug).Id, s => work(s.GetRequiredService<PortalDb>()));
}
