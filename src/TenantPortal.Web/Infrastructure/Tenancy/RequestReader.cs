using TenantPortal.Domain.People;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Whose requests are read: one person's; with a site, also those of that site which hold nothing personal and came by no form; without a person, the whole company's.</summary>
public sealed record RequestReader(ContactId? Contact, SiteId? Site)
{
    public static RequestReader OfCompany { get; } = new(null, null);
}
