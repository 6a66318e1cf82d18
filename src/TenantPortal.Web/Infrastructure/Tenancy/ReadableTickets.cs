using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Whose requests a contact may read: the own ones; a manager those of the whole company.</summary>
internal static class ReadableTickets
{
    /// <summary>The contact whose requests alone may be read; null: everybody's of the company.</summary>
    public static ContactId? ReadsOnly(this SignedInContact contact) => contact.Role == ContactRole.Manager ? null : contact.Id;

    public static IQueryable<Ticket> ReadableFor(this IQueryable<Ticket> tickets, SignedInContact contact) =>
        contact.ReadsOnly() is { } only ? tickets.Where(t => t.ContactId == only) : tickets;
}
