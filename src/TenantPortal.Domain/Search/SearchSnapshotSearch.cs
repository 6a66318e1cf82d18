using System.Text;

namespace TenantPortal.Domain.Search;

public sealed partial class SearchSnapshot
{
    // more is a scan of the library, not an answer to a person
    private const int MostHits = 1000;

    // a repair is seldom much longer than what was typed
    private const int RoomForRepairs = 32;

    /// <summary>Answers any text; never throws, whatever was typed or pasted.</summary>
    public SearchAnswer Search(string? query, SearchOptions? options = null)
    {
        options ??= new SearchOptions();
        if (string.IsNullOrWhiteSpace(query) || Count == 0) return SearchAnswer.Nothing;
        return Answer(query, QueryPlanner.Plan(this, query, options), options, exceptDocument: -1);
    }

    /// <summary>Documents that speak of the same, without the document itself.</summary>
    public SearchAnswer Like(string id, SearchOptions? options = null)
    {
        var number = Find(id);
        return number < 0 ? SearchAnswer.Nothing : Answer("", Likeness.PlanFor(this, number), options ?? new SearchOptions(), number);
    }

    private SearchAnswer Answer(string query, QueryPlan plan, SearchOptions options, int exceptDocument)
    {
        if (plan.IsHopeless) return new SearchAnswer { UnknownCodes = plan.UnknownCodes, IsTruncated = plan.IsTruncated };
        using var ranking = new Ranking(this, plan);
        var wanted = Math.Clamp(options.Skip, 0, MostHits) + Math.Clamp(options.Take, 0, MostHits);
        var top = new TopHits(Math.Max(wanted, Weights.Reranked), documents.Length);
        for (var document = 0; document < documents.Length; document++)
        {
            var score = document == exceptDocument ? 0 : ranking.Score(document);
            if (score > 0 && Applicability.Of(documents[document].AppliesTo, options) is > 0 and var factor) top.Add(document, score * factor);
        }

        var ordered = top.Ordered();
        Neighbours.Lift(this, plan, ranking, ordered);
        if (ordered.Count == 0) return new SearchAnswer { UnknownCodes = plan.UnknownCodes, IsTruncated = plan.IsTruncated };
        var floor = ordered[0].Score * Weights.Cut;
        var hits = ordered.Skip(Math.Max(0, options.Skip)).Take(Math.Max(0, options.Take)).Where(hit => hit.Score >= floor)
            .Select(hit => new SearchHit(this, plan, hit, ranking.Coverage(hit.Document))).ToList();
        return new SearchAnswer
        {
            Hits = hits,
            Total = top.CountFrom(floor),
            Repairs = plan.Repairs,
            Repaired = Repaired(query, plan),
            UnknownCodes = plan.UnknownCodes,
            IsRelaxed = plan.IsRelaxed,
            Confidence = Trust.In(ordered[0].Score, ordered.Count > 1 ? ordered[1].Score : 0, ranking.Coverage(ordered[0].Document)),
            IsTruncated = plan.IsTruncated,
        };
    }

    private static string? Repaired(string query, QueryPlan plan)
    {
        if (plan.Repairs.Count == 0) return null;
        var repaired = new StringBuilder(query, query.Length + RoomForRepairs);
        // from the end, so that earlier places stay where they were
        for (var at = plan.Words.Count - 1; at >= 0; at--)
        {
            var word = plan.Words[at];
            foreach (var repair in plan.Repairs)
            {
                if (!repair.Typed.Equals(word.Text, StringComparison.Ordinal)) continue;
                repaired.Remove(word.Start, word.Length).Insert(word.Start, repair.Read);
                break;
            }
        }

        return repaired.ToString();
    }
}
