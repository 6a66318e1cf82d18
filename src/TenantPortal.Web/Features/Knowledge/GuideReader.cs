using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>For whom a guide is searched or read: the client, the clearance (0 for its own people, 1 to 3 for engineers), and the person and place whose values are filled in.</summary>
public sealed record GuideReader(TenantId Client, int Tier, ContactId? Contact, SiteId? Site, DeviceId? Device, bool IsManager = false)
{
    internal ReaderClass Class => GuideSight.Class(Tier, IsManager);

    public static GuideReader Of(SignedInContact contact) => new(contact.TenantId, 0, contact.Id, contact.SiteId, contact.DeviceId, contact.Role == ContactRole.Manager);

    /// <summary>An engineer for nobody in particular; staff without a tier read as tier 1.</summary>
    public static GuideReader Of(StaffMember staff, TenantId client, SiteId? site = null) => new(client, staff.ReadsAsTier, null, site, null);
}
