using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Ties what a contact searched and tried before sending to the ticket that came of it.</summary>
public sealed class BeforeSending(PortalDb db)
{
    /// <summary>Longer ago is about something else.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    public async Task LedToAsync(Ticket ticket, CancellationToken cancel)
    {
        var (client, contact, from, id) = (ticket.TenantId, ticket.ContactId.Value, ticket.OpenedAt - Window, (Guid?)ticket.Id.Value);
        const string solved = "solved";
        await db.Searches.Where(s => s.TenantId == client && s.PersonId == contact && s.At >= from && s.TicketId == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.TicketId, id), cancel);
        await db.GuideEvents.Where(e => e.TenantId == client && e.ContactId == contact && e.At >= from && e.TicketId == null && e.Kind != solved).ExecuteUpdateAsync(e => e.SetProperty(x => x.TicketId, id), cancel);
    }
}
