using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Hears what happened to a ticket, after the commit, in the scope of its client. The same events may be told twice, so it is idempotent.</summary>
public interface IEventListener
{
    Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel);
}
