using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using Audience = TenantPortal.Domain.Knowledge.Audience;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>What each class of reader may see of a guide; index and pages ask here and nowhere else.</summary>
public static class GuideSight
{
    public static ReaderClass Class(int tier, bool isManager) => tier switch
    {
        <= 0 => isManager ? ReaderClass.Manager : ReaderClass.Contact,
        1 => ReaderClass.Tier1,
        2 => ReaderClass.Tier2,
        _ => ReaderClass.Tier3,
    };

    public static bool IsStaff(ReaderClass reader) => reader >= ReaderClass.Tier1;

    public static Clearance Clearance(ReaderClass reader) => reader switch
    {
        ReaderClass.Contact or ReaderClass.Manager => Domain.Search.Clearance.Contact,
        ReaderClass.Tier1 => Domain.Search.Clearance.Tier1,
        ReaderClass.Tier2 => Domain.Search.Clearance.Tier2,
        ReaderClass.Tier3 => Domain.Search.Clearance.Tier3,
    };

    public static bool MayRead(ReaderClass reader, PublishedRunbook guide) => !guide.IsWithdrawn && guide.MinTier <= Tier(reader) && reader switch
    {
        ReaderClass.Contact => guide.Audience.Contains(Audience.EndUser) && Steps(reader, guide).Count > 0,
        ReaderClass.Manager => guide.Audience.Exists(a => a is Audience.EndUser or Audience.ClientContact) && Steps(reader, guide).Count > 0,
        ReaderClass.Tier1 or ReaderClass.Tier2 or ReaderClass.Tier3 => true,
    };

    /// <summary>A contact sees the steps that he can take himself; an engineer those of his tier and below.</summary>
    public static IReadOnlyList<PublishedStep> Steps(ReaderClass reader, PublishedRunbook guide) =>
        [.. guide.Content.Steps.Where(s => s.MinTier <= Tier(reader) && (IsStaff(reader) || s.Actor == StepActor.EndUser))];

    private static int Tier(ReaderClass reader) => (int)Clearance(reader);
}
