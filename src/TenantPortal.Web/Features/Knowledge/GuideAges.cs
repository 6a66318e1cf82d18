using TenantPortal.Domain.Search;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Puts what was replaced, and what its owner should have looked at again, behind what is up to date.</summary>
internal sealed class GuideAges(ClientKnowledge knowledge, ReaderClass reader, DateOnly today)
{
    // an old guide still wins where no other is half as good, one that is merely overdue where no other is nearly as good
    private const double Replaced = 0.5, Overdue = 0.85;

    /// <summary>The hits in their new order with their share of the best score; what replaces one stands before it.</summary>
    public List<(IndexedGuide Guide, double Share, SearchHit Hit)> InOrder(SearchAnswer answer)
    {
        var hits = answer.Hits.Select(hit => (Guide: knowledge.Guides[Guid.ParseExact(hit.Id, "n")], Share: hit.Score / answer.Hits[0].Score, Hit: hit)).ToList();
        if (!hits.Exists(hit => IsOverdue(hit.Guide) || knowledge.Successor(hit.Guide, reader) is not null)) return hits;
        var ordered = hits.Select(hit => hit with { Share = hit.Share * Factor(hit.Guide) }).OrderByDescending(hit => hit.Share).ToList();
        for (var at = 0; at < ordered.Count; at++)
        {
            if (knowledge.Successor(ordered[at].Guide, reader) is not { } successor) continue;
            var found = ordered.FindIndex(hit => hit.Guide.RunbookId == successor.RunbookId);
            if (found >= 0 && found < at) continue;
            // found by the old one's words, as it stands for it
            var moved = (successor, ordered[at].Share, found < 0 ? ordered[at].Hit : ordered[found].Hit);
            if (found > at) ordered.RemoveAt(found);
            ordered.Insert(at++, moved);
        }
        return ordered;
    }

    private double Factor(IndexedGuide guide) => (knowledge.Successor(guide, reader) is null ? 1 : Replaced) * (IsOverdue(guide) ? Overdue : 1);

    private bool IsOverdue(IndexedGuide guide) => guide.ReviewBy < today;
}
