using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>What came of another system's records: how many rows were made and changed, how many tickets came in, what was rejected and why, and each difference in a line.</summary>
public sealed record BroughtIn(int Made, int Changed, int Tickets, IReadOnlyList<RejectedRecord> Rejected, IReadOnlyList<string> Differences);

/// <summary>Brings records of another system up to date by their refs: the good ones in one transaction, the others named with their place and reason. What was sent before changes nothing.</summary>
public sealed class BringInRecords(PortalDb db, ImportTickets tickets, ClientProfiles profiles, StaffDirectory staff, TimeProvider time)
{
    private const int MostLines = 200;

    /// <param name="isTrial">Everything is done and then taken back: the answer is what would have happened.</param>
    public async Task<(BroughtIn? Done, string? Problem)> RunAsync(Client client, JsonElement body, bool isTrial, string byName, Guid? byId, CancellationToken cancel)
    {
        var records = new OutsideRecords();
        if (records.Read(body) is { } problem) return (null, problem);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CheckAsync(records, cancel);
        var files = FilesOf(client, records);
        using var differences = new Differences(db);
        try
        {
            var rows = await new ClientMerge(db, client.Id, files, time.GetUtcNow(), isWhole: false).RunAsync(cancel);
            var told = files.Tickets.Count == 0 ? null : await TicketsAsync(files, cancel);
            var come = told is null ? 0 : told.Past + told.Live;
            if (rows + come > 0) db.Add(new ClientEvent { TenantId = client.Id, Kind = "records-brought-in", ActorName = byName, ActorId = byId, At = time.GetUtcNow(), Detail = new() { ["made"] = $"{differences.Made}", ["changed"] = $"{differences.Changed}", ["tickets"] = $"{come}" } });
            await db.SaveChangesAsync(cancel);
            if (!isTrial) await transaction.CommitAsync(cancel);
            IReadOnlyList<string> lines = differences.Lines.Count <= MostLines ? differences.Lines : [.. differences.Lines.Take(MostLines), $"and {differences.Lines.Count - MostLines} more"];
            return (new(differences.Made, differences.Changed, come, [.. records.Rejected.Concat(Untold(told)).OrderBy(r => r.List, StringComparer.Ordinal).ThenBy(r => r.Place)], lines), null);
        }
        finally
        {
            db.ChangeTracker.Clear();
            // what was read within the transaction is not remembered, however it ended
            profiles.Forget(client.Id);
        }
    }

    private async Task<ImportedTickets> TicketsAsync(ClientFiles files, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        return await tickets.RunAsync(files, (_, _) => { }, cancel);
    }

    private static IEnumerable<RejectedRecord> Untold(ImportedTickets? told) => told?.Problems.Select(p => new RejectedRecord("tickets", p.Line, null, "It came in, but not all of it: " + p.Reason)) ?? [];

    // again and again, since what leans on a rejected record is rejected too
    private async Task CheckAsync(OutsideRecords records, CancellationToken cancel)
    {
        var sites = await db.Sites.Where(s => s.ExternalRef != null).Select(s => s.ExternalRef!).ToListAsync(cancel);
        var people = await db.Contacts.Select(c => new { c.ExternalRef, c.NormalizedEmail }).ToListAsync(cancel);
        var devices = await db.Devices.Where(d => d.ExternalRef != null).Select(d => d.ExternalRef!).ToListAsync(cancel);
        var systems = await db.Systems.Select(s => s.ExternalRef).ToListAsync(cancel);
        var byEmail = people.ToDictionary(p => p.NormalizedEmail, p => p.ExternalRef, StringComparer.Ordinal);
        var byRef = people.Where(p => p.ExternalRef is not null).Select(p => p.ExternalRef!).ToHashSet(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        records.Reject(records.People, person =>
        {
            var email = person.Email.ToLowerInvariant();
            if (!taken.Add(email)) return $"{person.Email} is another person's address in this list; each has an own one.";
            return byEmail.TryGetValue(email, out var holder) && holder != person.Ref && (holder is not null || byRef.Contains(person.Ref)) ? $"{person.Email} is the address of {holder ?? "another person"} here already." : null;
        });
        bool again;
        do
        {
            HashSet<string> knownSites = [.. sites, .. records.Sites.Select(s => s.Ref)], knownPeople = [.. byRef, .. records.People.Select(p => p.Ref)], knownDevices = [.. devices, .. records.Devices.Select(d => d.Ref)];
            string? Site(string? of) => of is null || knownSites.Contains(of) ? null : $"It names the site “{of}”, which is not known here and not in this list.";
            string? Person(string? of) => of is null || knownPeople.Contains(of) ? null : $"It names the person “{of}”, who is not known here and not in this list.";
            string? Device(string? of) => of is null || knownDevices.Contains(of) ? null : $"It names the device “{of}”, which is not known here and not in this list.";
            string? Staff(string? of) => of is null || staff.ByKey(of) is not null ? null : $"It names “{of}”, who is not among the staff.";
            again = records.Reject(records.People, p => Site(p.Site) ?? Device(p.Device)) | records.Reject(records.Devices, d => Site(d.Site) ?? Person(d.Person)) | records.Reject(records.Software, s => s.InstalledOn?.Select(Device).FirstOrDefault(r => r is not null))
                | records.Reject(records.Changes, c => Site(c.Site) ?? Device(c.Device))
                | records.Reject(records.Tickets, t => Person(t.Person) ?? Device(t.Device) ?? Staff(t.Assignee) ?? t.Messages.Select(m => Staff(m.From)).FirstOrDefault(r => r is not null) ?? (t.System is null || systems.Contains(t.System) ? null : $"It names the system “{t.System}”, which is not known here."));
        }
        while (again);
    }

    private static ClientFiles FilesOf(Client client, OutsideRecords records) => new()
    {
        Head = new(client.Slug, client.Name, client.TicketPrefix, client.TimeZone, client.Language, null, null, "default", "#1F5FBF", null, null, null, client.Packs),
        Sites = records.Sites, People = records.People, Devices = records.Devices, Software = records.Software, Changes = records.Changes, Tickets = records.Tickets,
        Printers = [], Vpn = [], Variables = [], Systems = [], Clauses = [],
    };
}
