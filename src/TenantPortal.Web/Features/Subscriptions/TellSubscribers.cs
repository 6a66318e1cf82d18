using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Subscriptions;

/// <summary>Writes one message for each event and each subscription that wants it: what happened to which ticket, and no word of anybody. Who wants more asks the API.</summary>
public sealed class TellSubscribers(PortalDb db, ClientDirectory clients, TimeProvider time) : IEventListener
{
    public async Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel)
    {
        var told = events.Where(e => EventSubscription.Of(e.Kind) != ToldEvents.None).ToList();
        if (told.Count == 0 || clients.ById(ticket.TenantId) is not { } client) return;
        foreach (var subscription in await db.Subscriptions.AsNoTracking().Where(s => s.TenantId == ticket.TenantId && s.IsActive).ToListAsync(cancel))
            foreach (var happened in told.Where(e => subscription.Events.HasFlag(EventSubscription.Of(e.Kind))))
            {
                var type = "ticket." + EventSubscription.Of(happened.Kind).ToString().ToLowerInvariant();
                await db.AddDeliveryAsync(new EventDelivery { TenantId = ticket.TenantId, SubscriptionId = subscription.Id, EventId = happened.Id, TicketId = ticket.Id, Type = type, Body = BodyOf(type, client.Slug, $"{client.TicketPrefix}-{ticket.Number}", ticket, happened), CreatedAt = time.GetUtcNow() }, DeliverEvent.JobKind, cancel);
            }
    }

    private static string BodyOf(string type, string client, string reference, Ticket ticket, TicketEvent happened) => JsonSerializer.Serialize(new
    {
        type,
        timestamp = happened.At.UtcDateTime,
        data = new { client, reference, number = ticket.Number, externalRef = ticket.ExternalRef, subject = ticket.Subject, status = $"{ticket.Status}", isOpen = ticket.IsOpen, by = $"{happened.ActorKind}", message = happened.Detail.GetValueOrDefault("number"), address = $"/api/v1/clients/{client}/tickets/{ticket.Number}" },
    });
}
