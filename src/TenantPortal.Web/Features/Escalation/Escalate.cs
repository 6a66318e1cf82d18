using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Looks at one ticket: takes the steps of its path that are due, goes on with calls that nobody acknowledged, and sets its alarm for the next of them.
/// All of it is one transaction that holds the ticket's alarm: steps, letters and the next alarm are there together, or not at all.</summary>
public sealed class Escalate(PortalDb db, PageReads reads, ClientProfiles profiles, OnCallDirectory directory, TakeStep take, CallLead call, TimeProvider time) : IAlarmHandler, IEventListener
{
    /// <summary>What lies further back was brought in from elsewhere, or came back after a long standstill: nobody is called about it.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(1);
    // what moves a clock, the path or a promise; our own events move none
    private static readonly TicketEventKind[] Moving = [.. TicketRounds.Kinds, TicketEventKind.Opened, TicketEventKind.VerdictGiven, TicketEventKind.UpdatePromised];

    public Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel) =>
        events.Any(e => Moving.Contains(e.Kind)) ? LookAsync(ticket.TenantId, ticket.Id, isDue: false, cancel) : Task.CompletedTask;

    public Task RingAsync(TenantId client, TicketId ticket, CancellationToken cancel) => LookAsync(client, ticket, isDue: true, cancel);

    private async Task LookAsync(TenantId client, TicketId id, bool isDue, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var held = reads.AddAlarm(client, id, now, isDue);
        var rows = await EscalationRows.ReadAsync(reads, client, id, cancel);
        if (held.Count == 0) return;
        var next = rows is null ? null : await GoOnAsync(rows, now, cancel);
        await db.SetAlarmAsync(client, id, next, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>When to look again; null: when something happens.</summary>
    private async Task<DateTimeOffset?> GoOnAsync(EscalationRows rows, DateTimeOffset now, CancellationToken cancel)
    {
        var terms = (await profiles.OfAsync(rows.Ticket.TenantId, db, rows.Ticket.OpenedAt, cancel)).Terms;
        var path = terms.IsPastReview(rows.Ticket.Verdict?.Clause, now) ? directory.PathOf(rows.Ticket).Asking() : directory.PathOf(rows.Ticket);
        var known = rows.Taken.Select(t => t.Key).ToHashSet();
        var planned = EscalationPlan.Of(rows.Ticket, path, rows.Events, terms, now).Where(p => !known.Contains(p.Key)).ToList();
        var due = planned.Where(p => p.At <= now).ToList();
        var waiting = rows.Calls.Where(c => c.AgainAt is not null).ToList();
        var ending = waiting.Where(c => !rows.Ticket.IsOpen || Answer(c, rows) is not null).ToList();
        if (due.Count > 0 || ending.Count > 0 || waiting.Exists(c => c.AgainAt <= now))
        {
            waiting = await ActAsync(rows, path, terms, due, now, cancel);
        }
        return planned.Where(p => p.At > now).Select(p => (DateTimeOffset?)p.At).Concat(waiting.Select(c => c.AgainAt)).Min();
    }

    /// <summary>The calls that still wait for somebody.</summary>
    private async Task<List<LeadCall>> ActAsync(EscalationRows rows, EscalationPath path, ServiceTerms terms, List<PlannedStep> due, DateTimeOffset now, CancellationToken cancel)
    {
        var (client, id) = (rows.Ticket.TenantId, rows.Ticket.Id);
        var ticket = await db.Tickets.Include(t => t.Targets).SingleAsync(t => t.TenantId == client && t.Id == id, cancel);
        var calls = rows.Calls.ToList();
        db.AttachRange(calls);
        foreach (var open in calls.Where(c => c.AgainAt is not null).ToList()) await WaitOrGoOnAsync(ticket, path, open, calls, rows, now, cancel);
        foreach (var step in due)
        {
            if (step.At < now - News) take.PassOver(ticket, step, path, now);
            else await take.RunAsync(ticket, step, path, calls, now, cancel);
        }
        // a hand-over may keep the promise that somebody takes it
        if (ticket.Events.Exists(e => TicketRounds.Kinds.Contains(e.Kind))) TicketClocks.Refresh(ticket, [.. rows.Events, .. ticket.Events], terms, now);
        await db.SaveChangesAsync(cancel);
        return [.. calls.Where(c => c.AgainAt is not null)];
    }

    private async Task WaitOrGoOnAsync(Ticket ticket, EscalationPath path, LeadCall open, List<LeadCall> calls, EscalationRows rows, DateTimeOffset now, CancellationToken cancel)
    {
        if (!ticket.IsOpen) open.Stop();
        else if (Answer(open, rows) is { } answer)
        {
            open.Acknowledge(answer.ActorName, answer.At);
            ticket.Record(TicketEventKind.CallAcknowledged, new(answer.ActorKind, answer.ActorId, answer.ActorName), now, ("how", "desk"), ("role", open.Role));
        }
        else if (open.AgainAt <= now) await call.AgainAsync(take, ticket, path, rows.Taken.First(t => t.Id == open.StepId), calls, now, cancel);
    }

    // who was called and then takes it or writes has acknowledged; so has a service lead
    private TicketEvent? Answer(LeadCall open, EscalationRows rows)
    {
        var chain = rows.Calls.Where(c => c.StepId == open.StepId).ToList();
        return rows.Events.FirstOrDefault(e => e.At >= chain.Min(c => c.CalledAt) && e is { ActorKind: ActorKind.Staff, ActorId: { } actor, Kind: TicketEventKind.Taken or TicketEventKind.StaffReplied or TicketEventKind.Resolved }
            && (chain.Exists(c => c.StaffId.Value == actor) || directory.Roster.Staff.Any(s => s.Id.Value == actor && s.Roles.HasFlag(Domain.People.StaffRoles.ServiceLead))));
    }
}
