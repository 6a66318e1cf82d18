#pragma warning disable RS0030 // raw SQL: EF has no insert that leaves an existing row alone
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

public static class DeliveryRows
{
    /// <summary>Writes a message that is not there yet, with the head that sends it; what is told twice changes nothing.</summary>
    public static Task AddDeliveryAsync(this PortalDb db, EventDelivery delivery, string jobKind, CancellationToken cancel) =>
        db.RunAsync("""
            with made as (
              insert into event_delivery (tenant_id, id, subscription_id, event_id, ticket_id, type, body, state, attempts, created_at)
              values ($1, $2, $3, $4, $5, $6, $7, 'Queued', 0, $8)
              on conflict (tenant_id, subscription_id, event_id) do nothing returning tenant_id, id)
            insert into job (id, tenant_id, kind, ref_id, due_at) select $9, tenant_id, $10, id, $8 from made returning id
            """, _ => true, cancel, Of(delivery.TenantId.Value), Of(delivery.Id), Of(delivery.SubscriptionId), Of(delivery.EventId), Of(delivery.TicketId.Value), Of(delivery.Type), Of(delivery.Body), Of(delivery.CreatedAt.ToUniversalTime()), Of(Guid.CreateVersion7()), Of(jobKind));
}
