#pragma warning disable RS0030 // raw SQL: reads that share a round trip
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Whom a letter goes to.</summary>
public sealed record Recipient(string Email, string Name);

public static class TicketEventRows
{
    /// <summary>The ticket itself, without its lists, and what happened to it from the given event on, in order.</summary>
    public static (List<Ticket> Tickets, List<TicketEvent> Events) AddTicketEvents(this PageReads reads, TenantId client, TicketId id, long first) => (
        reads.Add<Ticket>("where r.tenant_id = $1 and r.id = $2", reads.In(client), Of(id.Value)),
        reads.Add<TicketEvent>("where r.tenant_id = $1 and r.ticket_id = $2 and r.id >= $3 order by r.id", reads.In(client), Of(id.Value), Of(first)));

    /// <summary>The contact, unless it was switched off.</summary>
    /// <summary>Who was added to the ticket, to be written to as well.</summary>
    public static List<Recipient> AddFollowers(this PageReads reads, TenantId client, TicketId ticket) =>
        reads.Add("select c.email, c.name from ticket_follower f join contact c on c.tenant_id = f.tenant_id and c.id = f.contact_id where f.tenant_id = $1 and f.ticket_id = $2 and c.is_active and not c.is_shared order by c.id limit 20", r => new Recipient(r.GetString(0), r.GetString(1)), reads.In(client), Of(ticket.Value));

    public static List<Recipient> AddRecipient(this PageReads reads, TenantId client, ContactId contact) =>
        reads.Add("select email, name from contact where tenant_id = $1 and id = $2 and is_active and not is_shared", r => new Recipient(r.GetString(0), r.GetString(1)), reads.In(client), Of(contact.Value));
}
