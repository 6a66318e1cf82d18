using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>The card of a ticket's escalation, for whoever looks at it.</summary>
public sealed class ReadCard(ReadEscalation read, StaffDirectory staff, Me me, TimeProvider time)
{
    /// <summary>Null where a ticket has nothing to show.</summary>
    public async Task<CardView?> RunAsync(Ticket ticket, CancellationToken cancel) => ticket.IsOpen && ReadEscalation.IsShown(ticket) ? Of(await read.RunAsync(ticket, cancel)) : null;

    public CardView Of(EscalationView view) => new(
        view, view.Ticket.AssigneeId is { } id ? staff.ById(id)?.Name : null, time.GetUtcNow(), me.Has(StaffRoles.ServiceLead), me.Has(StaffRoles.ServiceLead) || view.Open.Any(o => view.Calls.Any(c => c.StepId == o.StepId && c.StaffId == me.Staff.Id)));
}
