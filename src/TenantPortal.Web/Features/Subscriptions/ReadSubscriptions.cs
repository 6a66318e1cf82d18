using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Subscriptions;

public sealed record SubscriptionLine(Guid Id, Client Client, string Name, string Host, ToldEvents Events, string ByName);

public sealed record DeliveryLine(Guid Id, string Name, string Type, string Reference, DeliveryState State, int Attempts, DateTimeOffset At, string? Error);

/// <summary>The subscriptions of the clients in scope, and the newest messages to them.</summary>
public sealed class ReadSubscriptions(PortalDb db, ClientDirectory clients)
{
    public const int Newest = 50;

    public async Task<(IReadOnlyList<SubscriptionLine> Subscriptions, IReadOnlyList<DeliveryLine> Log)> RunAsync(CancellationToken cancel)
    {
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.IsActive).OrderBy(s => s.Name).ToListAsync(cancel);
        var log = await db.Deliveries.AsNoTracking().OrderByDescending(d => d.CreatedAt).Take(Newest)
            .Join(db.Subscriptions, d => new { d.TenantId, Id = d.SubscriptionId }, s => new { s.TenantId, s.Id }, (d, s) => new { Delivery = d, s.Name })
            .Join(db.Tickets, d => new { d.Delivery.TenantId, Id = d.Delivery.TicketId }, t => new { t.TenantId, t.Id }, (d, t) => new { d.Delivery, d.Name, t.Number }).ToListAsync(cancel);
        return ([.. subscriptions.Where(s => clients.ById(s.TenantId) is not null).Select(s => new SubscriptionLine(s.Id, clients.ById(s.TenantId)!, s.Name, new Uri(s.Address).Host, s.Events, s.ByName))],
            [.. log.OrderByDescending(d => d.Delivery.CreatedAt).Select(d => new DeliveryLine(d.Delivery.Id, d.Name, d.Delivery.Type, $"{clients.ById(d.Delivery.TenantId)?.TicketPrefix}-{d.Number}", d.Delivery.State, d.Delivery.Attempts, d.Delivery.CreatedAt, d.Delivery.Error))]);
    }
}
