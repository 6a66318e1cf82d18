using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Looks at one ticket whose alarm is due, in the scope of its client, and sets when it is looked at next. Another process may do so at the same moment.</summary>
public interface IAlarmHandler
{
    Task RingAsync(TenantId client, TicketId ticket, CancellationToken cancel);
}
