using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>Runs one verb on a ticket and what follows from it: a new message is read, the verdict looked at again, the clocks recomputed.</summary>
public sealed class ChangeTicket(PortalDb db, TriageFor triage, ClientProfiles profiles, JobQueue jobs, ClientKeys keys, TimeProvider time)
{
    public Task<Refusal?> RunAsync(TicketId id, Func<Ticket, DateTimeOffset, Refusal?> verb, CancellationToken cancel) =>
        RunAsync(db.Scope.Tenants is [var only] ? only : null, id, verb, cancel);

    /// <summary>The verb's refusal, or null when it was done. When somebody else was quicker, the verb runs once more on what they left.
    /// Who serves many clients names the ticket's client, so that the row is found by its key.</summary>
    public Task<Refusal?> RunAsync(TenantId? client, TicketId id, Func<Ticket, DateTimeOffset, Refusal?> verb, CancellationToken cancel) => WithRowsAsync(client, id, (ticket, now) => Task.FromResult(verb(ticket, now)), cancel);

    /// <summary>For a verb that reads or adds rows of its own; it reads them anew when it runs once more.</summary>
    public async Task<Refusal?> WithRowsAsync(TenantId? client, TicketId id, Func<Ticket, DateTimeOffset, Task<Refusal?>> verb, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(client, id, verb, cancel);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
        }
        try
        {
            return await OnceAsync(client, id, verb, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new("Several people are changing this request right now. Please try again.");
        }
    }

    private async Task<Refusal?> OnceAsync(TenantId? client, TicketId id, Func<Ticket, DateTimeOffset, Task<Refusal?>> verb, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var ticket = await db.Tickets.Include(t => t.Targets).Include(t => t.Facts).AsSplitQuery().SingleOrDefaultAsync(t => t.Id == id && (client == null || t.TenantId == client), cancel);
        if (ticket is null) return new("This request does not exist.");
        var before = (ticket.Priority, Clause: ticket.Verdict?.Clause?.ClauseId, ticket.HeldUntil, ticket.MessageCount, ticket.Queue, Answers: (ticket.Impact, ticket.Urgency, ticket.AffectedSystem));
        if (await verb(ticket, now) is { } refusal)
        {
            db.ChangeTracker.Clear();
            return refusal;
        }
        var said = ticket.Messages.Where(m => m.AuthorKind == ActorKind.Contact && m.Number > before.MessageCount).ToList();
        var isAnswered = before.Answers != (ticket.Impact, ticket.Urgency, ticket.AffectedSystem);
        if (said.Count > 0 || isAnswered) await ReadAgainAsync(ticket, said, isAnswered, now, cancel);
        if (before.Priority != ticket.Priority || before.Queue != ticket.Queue || before.Clause != ticket.Verdict?.Clause?.ClauseId || ticket.Events.Exists(e => e.Id == 0 && TicketRounds.Kinds.Contains(e.Kind))) await RefreshAsync(ticket, now, cancel);
        if (ticket.HeldUntil is { } until && until != before.HeldUntil) jobs.Add(ticket.TenantId, HoldEnds.JobKind, ticket.Id.Value, until);
        await keys.SealAsync(ticket, cancel);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    // up acts, down only suggests: the entity holds that rule
    private async Task ReadAgainAsync(Ticket ticket, List<TicketMessage> said, bool isAnswered, DateTimeOffset now, CancellationToken cancel)
    {
        if (!ticket.IsOpen) return;
        var profile = await profiles.OfAsync(ticket.TenantId, db, now, cancel);
        foreach (var message in said) ticket.Learn(TicketFacts.Later(Extractor.Read(message.Text, profile.Names), ticket.Facts, message.Id), Actor.Machine("reader"), now);

        // what a person has judged is settled: its words and answers do not speak again
        var settled = ticket.Verdict?.SettledUpTo ?? 0;
        var (speaks, answers) = (settled == 0, settled == 0 || isAnswered);
        // the first message is the report, whoever typed it for the caller
        var earlier = await db.Messages.AsNoTracking().Where(m => m.TenantId == ticket.TenantId && m.TicketId == ticket.Id && (m.AuthorKind == ActorKind.Contact || m.Number == 1) && m.Number > settled).OrderBy(m => m.Number).Select(m => new { m.Id, m.Text }).ToListAsync(cancel);
        var report = new Report
        {
            Subject = speaks ? ticket.Subject : "", Text = string.Join('\n', earlier.Select(m => m.Text).Concat(said.Select(m => m.Text))), Channel = ticket.Channel, Impact = answers ? ticket.Impact : null, Urgency = answers ? ticket.Urgency : null,
            AffectedSystem = ticket.AffectedSystem, Sensitivity = ticket.Sensitivity, SiteId = ticket.SiteId, FormCategory = ticket.RequestTypeId is null ? null : ticket.Category,
        };
        var was = ticket.Priority;
        var verdict = ticket.Verdict;
        var triaged = await triage.RunAsync(ticket.TenantId, report, ticket.ContactId, ticket.Id, !speaks, now, cancel);
        ticket.Apply(triaged.Verdict, now);
        if (ReferenceEquals(verdict, ticket.Verdict) && !ticket.Events.Exists(e => e is { Id: 0, Kind: TicketEventKind.VerdictSuggested })) return;
        db.Add(VerdictRecord.Of(ticket, report, triaged, earlier.Select(m => m.Id).Concat(said.Select(m => m.Id)), now));
        if (was != Priority.P1 && ticket.Priority == Priority.P1) ticket.Alert($"{ticket.Priority}: {triaged.Verdict.Reasons.First(r => r.Field == "priority").Sentence}", now);
    }

    private async Task RefreshAsync(Ticket ticket, DateTimeOffset now, CancellationToken cancel)
    {
        // what was promised when it was opened holds, though the contract may have ended since
        var profile = await profiles.OfAsync(ticket.TenantId, db, ticket.OpenedAt, cancel);
        var stored = await db.Events.AsNoTracking().Where(e => e.TenantId == ticket.TenantId && e.TicketId == ticket.Id && TicketRounds.Kinds.Contains(e.Kind)).OrderBy(e => e.Id).ToListAsync(cancel);
        TicketClocks.Refresh(ticket, [.. stored, .. ticket.Events.Where(e => e.Id == 0)], profile.Terms, now);
    }
}
