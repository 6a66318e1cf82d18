using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Which tier a text is for, by the guides that it names: words about a guide are hidden from those who may not read the guide.</summary>
public sealed class GuideMentions(PortalDb db, Snapshots snapshots)
{
    private static readonly (ReaderClass Class, int Tier)[] Above = [(ReaderClass.Tier1, 2), (ReaderClass.Tier2, 3)];

    /// <summary>2 or 3 where the text names a guide of that tier by its title or address; 0 where it names none.</summary>
    public async Task<int> TierOfAsync(TenantId client, string text, CancellationToken cancel)
    {
        var knowledge = await snapshots.GetAsync(client, await db.GenerationAsync(client, cancel), db, cancel);
        return Above.Where(level => knowledge.Guides.Values.Any(g => !g.IsFor(level.Class) && IsNamed(g, text))).Select(level => level.Tier).DefaultIfEmpty(0).Max();
    }

    private static bool IsNamed(IndexedGuide guide, string text) => text.Contains(guide.Title, StringComparison.OrdinalIgnoreCase) || text.Contains(guide.Slug, StringComparison.OrdinalIgnoreCase);
}
