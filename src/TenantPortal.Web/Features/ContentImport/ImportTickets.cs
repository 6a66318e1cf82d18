using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>How many tickets came in, how many were there before, and what could not be told as it is written.</summary>
public sealed record ImportedTickets(int Past, int Live, int Known, IReadOnlyList<ContentProblem> Problems);

/// <summary>Tells a client's tickets again through the use cases that real ones pass, each at the time it happened. A ticket comes in once; nobody is written to about any.</summary>
public sealed class ImportTickets(PortalDb db, OpenTicket open, TriageFor triage, ClientProfiles profiles, JobQueue jobs, ClientKeys keys, StaffDirectory staff, PortalSettings settings, TimeProvider time)
{
    /// <param name="told">Hears before every tenth ticket how many are done, of how many.</param>
    public async Task<ImportedTickets> RunAsync(ClientFiles files, Action<int, int> told, CancellationToken cancel)
    {
        var (client, now) = (db.Scope.Client, time.GetUtcNow());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(files.Head.TimeZone);
        var problems = new ContentProblems();
        var world = await WorldAsync(files, problems, cancel);
        var known = await db.Tickets.Select(t => t.SubmissionKey).ToHashSetAsync(cancel);
        var waiting = files.Tickets.Where(t => !known.Contains(Key(client, t.Ref))).Select(t => (Entry: t, At: t.Moment.Resolve(now, zone))).OrderBy(t => t.At).ToList();

        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Tickets come in within the transaction of their client.");
        await db.QuietAsync(cancel);
        foreach (var ((entry, at), done) in waiting.Select((w, i) => (w, i)))
        {
            if (done % 10 == 0) told(done, waiting.Count);
            if (await OpenAsync(entry, at, world, cancel) is { } ticket) await TellAsync(new TicketTale(entry, ticket, world, now, TimeSpan.FromMinutes(settings.SilentMinutes)), at, cancel);
        }
        return new(waiting.Count(w => w.Entry.Resolution is not null), waiting.Count(w => w.Entry.Resolution is null), files.Tickets.Count - waiting.Count, problems.All);
    }

    private async Task<Ticket?> OpenAsync(TicketEntry entry, DateTimeOffset at, TaleWorld world, CancellationToken cancel)
    {
        var person = world.People[entry.Person];
        var device = entry.Device is null ? null : world.Devices[entry.Device];
        // what people ask for through a form comes in through that form
        var form = entry.Channel == Channel.Portal && entry.Category is { } category ? world.Forms.FirstOrDefault(f => f.Category == category && entry.Urgency == Urgency.Question) : null;
        var opened = await open.RunAsync(new NewTicket
        {
            Report = new Report
            {
                Subject = entry.Subject, Text = entry.Text, Channel = entry.Channel, Impact = entry.Impact, Urgency = entry.Urgency, Sensitivity = entry.Sensitivity,
                AffectedSystem = entry.System is { } system ? world.Systems[system] : await ConfirmedAsync(entry, person, device, at, cancel), ErrorText = entry.Error, FormCategory = form?.Category,
            },
            ContactId = person.Id, DeviceId = device?.Id, RequestTypeId = form?.Id, SubmissionKey = Key(person.TenantId, entry.Ref), ExternalRef = entry.Ref, By = TaleWorld.Actor(person), At = at,
        }, cancel);
        return opened?.Ticket;
    }

    // what the person would have confirmed on the form: the app the words name, else the device itself
    private async Task<string?> ConfirmedAsync(TicketEntry entry, Contact person, Device? device, DateTimeOffset at, CancellationToken cancel)
    {
        if (entry.Impact is null || entry.Urgency is null) return null;
        var profile = await profiles.OfAsync(person.TenantId, db, at, cancel);
        return Extractor.Read($"{entry.Subject}\n{entry.Text}", profile.Names)[EnvironmentField.App] ?? device?.Name;
    }

    // each turn of the tale is one change of the ticket, in a program whose clock stands at that moment
    private async Task TellAsync(TicketTale tale, DateTimeOffset openedAt, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        foreach (var turn in tale.Turns(openedAt))
        {
            var change = new ChangeTicket(db, triage, profiles, jobs, keys, new Moment(turn[^1].At));
            var refusal = await change.RunAsync(tale.Ticket.Id, (ticket, _) => turn.Select(step => step.Do(ticket, db)).FirstOrDefault(r => r is not null), cancel);
            if (refusal is not null) tale.World.Problems.Add(tale.Entry.File, tale.Entry.Line, $"{tale.Entry.Ref}: {refusal.Sentence}");
            db.ChangeTracker.Clear();
        }
    }

    private async Task<TaleWorld> WorldAsync(ClientFiles files, ContentProblems problems, CancellationToken cancel) => new(
        await db.Contacts.AsNoTracking().Where(c => c.ExternalRef != null).ToDictionaryAsync(c => c.ExternalRef!, cancel),
        await db.Devices.AsNoTracking().Where(d => d.ExternalRef != null).ToDictionaryAsync(d => d.ExternalRef!, cancel),
        await db.Systems.AsNoTracking().ToDictionaryAsync(s => s.ExternalRef, s => s.Name, cancel),
        await db.RequestTypes.AsNoTracking().Where(r => r.IsActive).OrderBy(r => r.Slug).ToListAsync(cancel),
        await db.Published.AsNoTracking().Where(p => !p.IsWithdrawn).ToDictionaryAsync(p => p.Slug, cancel),
        staff.All.ToDictionary(s => s.Key), problems);

    /// <summary>The same ticket of the same client always has the same key.</summary>
    internal static Guid Key(TenantId client, string reference) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{client.Value:n} ticket {reference}")).AsSpan(0, 16));

    private sealed class Moment(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}

/// <summary>Who and what a client's tickets speak of.</summary>
internal sealed record TaleWorld(
    IReadOnlyDictionary<string, Contact> People, IReadOnlyDictionary<string, Device> Devices, IReadOnlyDictionary<string, string> Systems, IReadOnlyList<RequestType> Forms,
    IReadOnlyDictionary<string, PublishedRunbook> Guides, IReadOnlyDictionary<string, StaffMember> Staff, ContentProblems Problems)
{
    public static Actor Actor(Contact person) => new(ActorKind.Contact, person.Id.Value, person.Name);

    public static Actor Actor(StaffMember member) => new(ActorKind.Staff, member.Id.Value, member.FirstName);
}
