using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Whose requests a contact may read: the own ones; a manager those of the whole company.</summary>
internal static class ReadableTickets
{
    public static IQueryable<Ticket> ReadableFor(this IQueryable<Ticket> tickets, SignedInContact contact) =>
        contact.Role == ContactRole.Manager ? tickets : tickets.Where(t => t.ContactId == contact.Id);
}
