using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>A call as its page shows it.</summary>
/// <param name="Answered">The call of the same step that somebody has acknowledged.</param>
public sealed record CallView(Ticket Ticket, LeadCall Call, LeadCall? Answered, string Client, string Reference, string Expects, string CalledAt, string AnsweredAt);

/// <summary>Somebody who was called has it: the calls end, and a ticket that nobody has is theirs.</summary>
public sealed class AcknowledgeCall(PortalDb db, ChangeTicket change, SendCards cards, EscalationTime said, StaffDirectory staff, TimeProvider time)
{
    public async Task<CallView?> ReadAsync(TenantId client, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await db.LeadCalls.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == client && c.Id == id, cancel) is not { } call) return null;
        var answered = await db.LeadCalls.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == client && c.StepId == call.StepId && c.AcknowledgedAt != null, cancel);
        var ticket = await db.Tickets.AsNoTracking().SingleAsync(t => t.TenantId == client && t.Id == call.TicketId, cancel);
        return new(ticket, call, answered, said.Client(ticket), said.Reference(ticket), said.Expects(ticket, now), said.At(ticket, call.CalledAt, now), answered?.AcknowledgedAt is { } at ? said.At(ticket, at, now) : "");
    }

    /// <param name="by">Null: whoever was called, by the link.</param>
    public Task<Refusal?> RunAsync(TenantId client, Guid id, StaffMember? by, CancellationToken cancel) => RunAsync(client, id, by, by is null ? "link" : "desk", cancel);

    /// <param name="by">Whom the service names, where we know them; who was neither called nor leads answers for whoever was called.</param>
    public async Task<Refusal?> FromOutsideAsync(TenantId client, Guid id, StaffMember? by, CancellationToken cancel) =>
        by is not null && await RunAsync(client, id, by, "service", cancel) is null ? null : await RunAsync(client, id, null, "service", cancel);

    private async Task<Refusal?> RunAsync(TenantId client, Guid id, StaffMember? by, string how, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LeadCalls.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == client && c.Id == id, cancel) is not { } known) return new("This call does not exist.");
        await db.TakeAlarmAsync(client, known.TicketId, now, cancel);
        var chain = await db.LeadCalls.AsNoTracking().Where(c => c.TenantId == client && c.StepId == known.StepId).ToListAsync(cancel);
        if (by is null && known.CalledAt < now - CallLinks.Life) return new("This link is older than a day. Open the ticket on the desk.");
        if (chain.Find(c => c.AcknowledgedAt is not null) is { } first) return new($"{first.AcknowledgedBy} has it already.");
        if ((by ?? staff.ById(known.StaffId)) is not { IsActive: true } person) return new("Whoever was called has no account any more.");
        if (by is not null && !chain.Exists(c => c.StaffId == by.Id) && !by.Roles.HasFlag(StaffRoles.ServiceLead)) return new("You were not called. Take the ticket instead, or let a service lead answer.");
        if (await change.RunAsync(client, known.TicketId, (ticket, at) => Answer(ticket, known, person, how, at), cancel) is { } refusal) return refusal;
        await EndAsync(client, chain, known, person, now, cancel);
        await db.SetAlarmAsync(client, known.TicketId, now, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static Refusal? Answer(Ticket ticket, LeadCall call, StaffMember person, string how, DateTimeOffset now)
    {
        if (!ticket.IsOpen) return new("This ticket is resolved already.");
        var actor = new Actor(ActorKind.Staff, person.Id.Value, person.FirstName);
        ticket.Record(TicketEventKind.CallAcknowledged, actor, now, ("how", how), ("role", call.Role));
        return ticket.AssigneeId is null ? ticket.Take(person.Id, actor, now) : null;
    }

    private async Task EndAsync(TenantId client, List<LeadCall> chain, LeadCall known, StaffMember person, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var call in chain)
        {
            db.Attach(call);
            if (call.Id == known.Id) call.Acknowledge(person.Name, now);
            else call.Stop();
        }
        await db.SaveChangesAsync(cancel);
        await cards.AcknowledgedAsync(await db.Tickets.AsNoTracking().SingleAsync(t => t.TenantId == client && t.Id == known.TicketId, cancel), known, now, cancel);
    }
}
