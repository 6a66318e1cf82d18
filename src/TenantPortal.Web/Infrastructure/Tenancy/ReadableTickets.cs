using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Whose requests a contact may read: the own ones; a manager those of the whole company.</summary>
internal static class ReadableTickets
{
    /// <summary>Whose requests may be read.</summary>
    public static RequestReader Reads(this SignedInContact contact) => contact.Role == ContactRole.Manager ? RequestReader.OfCompany : contact.ReadsOwn();

    /// <summary>Whose requests stand on the person's own list.</summary>
    public static RequestReader ReadsOwn(this SignedInContact contact) => new(contact.Id, contact.IsShared ? contact.SiteId : null);

    /// <param name="followers">Who was added to one request may read that one.</param>
    public static IQueryable<Ticket> ReadableFor(this IQueryable<Ticket> tickets, SignedInContact contact, IQueryable<TicketFollower> followers)
    {
        var reader = contact.Reads();
        if (reader.Contact is not { } only) return tickets;
        return reader.Site is { } site
            ? tickets.Where(t => t.ContactId == only || (t.SiteId == site && t.RequestTypeId == null && (t.Sensitivity == null || t.Sensitivity == Sensitivity.None)))
            : tickets.Where(t => t.ContactId == only || followers.Any(f => f.TenantId == t.TenantId && f.TicketId == t.Id && f.ContactId == only));
    }
}
