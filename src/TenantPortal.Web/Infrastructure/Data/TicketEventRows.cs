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
    public static List<Recipient> AddRecipient(this PageReads reads, TenantId client, ContactId contact) =>
        reads.Add("select email, name from contact where tenant_id = $1 and id = $2 and is_active", r => new Recipient(r.GetString(0), r.GetString(1)), reads.In(client), Of(contact.Value));
}
