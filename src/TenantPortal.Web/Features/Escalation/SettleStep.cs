using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>A service lead accepts or declines what a path asks for; accepted, it is done at once, and it is written down who decided.</summary>
public sealed class SettleStep(PortalDb db, PageReads reads, ClientProfiles profiles, OnCallDirectory directory, TakeStep take, EscalationTime said, TimeProvider time)
{
    public async Task<Refusal?> RunAsync(TenantId client, Guid stepId, bool isAccepted, StaffMember by, CancellationToken cancel)
    {
        if (!by.Roles.HasFlag(StaffRoles.ServiceLead)) return new("Only a service lead decides about this.");
        var now = time.GetUtcNow();
        if (await db.TakenSteps.AsNoTracking().FirstOrDefaultAsync(s => s.TenantId == client && s.Id == stepId, cancel) is not { TicketId: var id }) return new("This step does not exist.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.TakeAlarmAsync(client, id, now, cancel);
        var step = await db.TakenSteps.FirstAsync(s => s.TenantId == client && s.Id == stepId, cancel);
        var ticket = await db.Tickets.Include(t => t.Targets).SingleAsync(t => t.TenantId == client && t.Id == id, cancel);
        if (isAccepted && !ticket.IsOpen) return new("This ticket is resolved already.");
        if (step.Settle(isAccepted, by.Name, now) is { } refusal) return refusal;
        var actor = new Actor(ActorKind.Staff, by.Id.Value, by.FirstName);
        if (isAccepted)
        {
            var calls = await db.LeadCalls.Where(c => c.TenantId == client && c.TicketId == id).ToListAsync(cancel);
            step.Came(await take.PerformAsync(ticket, step, directory.PathOf(ticket), calls, actor, now, cancel));
        }
        ticket.Record(TicketEventKind.EscalationSettled, actor, now, ("sentence", said.Step(step.Action, step.Who)), ("accepted", isAccepted ? "yes" : "no"), ("rule", step.Rule));
        if (ticket.Events.Exists(e => TicketRounds.Kinds.Contains(e.Kind)) && await EscalationRows.ReadAsync(reads, client, id, cancel) is { } rows)
            TicketClocks.Refresh(ticket, [.. rows.Events, .. ticket.Events], (await profiles.OfAsync(client, db, ticket.OpenedAt, cancel)).Terms, now);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { return new("Somebody changed this ticket at the same moment. Please try again."); }
        await db.SetAlarmAsync(client, id, now, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}
