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

    /// <summary>Where no word leads to a document: those with most of the text's stretches of letters, best first.</summary>
    public IReadOnlyList<string> Nearest(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text) || Count == 0) return [];
        var sums = new float[Count];
        foreach (var gram in Analyzer.Analyse(text).Tokens.Where(token => token.IsWord && !WordLists.Stop.Contains(token.Text)).SelectMany(token => Letters.Of(token.Text)).Distinct()) Letters.AddTo(sums, gram);
        var top = new TopHits(most, Count);
        for (var document = 0; document < sums.Length; document++)
            if (sums[document] > 0) top.Add(document, sums[document] * Letters.ShareOf[document]);
        return [.. top.Ordered().Select(hit => documents[hit.Document].Id)];
    }

    private SearchAnswer Answer(string query, QueryPlan plan, SearchOptions options, int exceptDocument)
    {
        if (plan.IsHopeless) return new SearchAnswer { UnknownCodes = plan.UnknownCodes, IsTruncated = plan.IsTruncated };
        using var ranking = new Ranking(this, plan);
        using var mixture = new Mixture(this, plan, ranking);
        var scores = mixture.All();
        var wanted = Math.Clamp(options.Skip, 0, MostHits) + Math.Clamp(options.Take, 0, MostHits);
        var top = new TopHits(Math.Max(wanted, Weights.Reranked), documents.Length);
        var isFiltered = !ReferenceEquals(options.Only, AppliesTo.Anything) || !ReferenceEquals(options.Prefer, AppliesTo.Anything);
        if (exceptDocument >= 0) scores[exceptDocument] = 0;
        for (var document = 0; document < scores.Length; document++)
        {
            if (scores[document] <= 0) continue;
            if (isFiltered) scores[document] *= Applicability.Of(documents[document].AppliesTo, options);
            if (scores[document] > 0) top.Add(document, scores[document]);
        }

        var ordered = top.Ordered();
        Neighbours.Lift(this, plan, ranking, ordered);
        if (ordered.Count == 0) return new SearchAnswer { UnknownCodes = plan.UnknownCodes, IsTruncated = plan.IsTruncated };
        var floor = ordered[0].Score * Weights.Cut;
        var hits = new List<SearchHit>(Math.Min(ordered.Count, wanted));
        foreach (var hit in ordered.Skip(Math.Max(0, options.Skip)).Take(Math.Max(0, options.Take)))
            if (hit.Score >= floor) hits.Add(new SearchHit(this, plan, hit, ranking.Coverage(hit.Document), mixture.Letters(hit.Document), mixture.Likeness(hit.Document)));
        return new SearchAnswer
        {
            Hits = hits,
            Total = CountFrom(floor, scores, ordered),
            Repairs = plan.Repairs,
            Repaired = Repaired(query, plan),
            UnknownCodes = plan.UnknownCodes,
            IsRelaxed = plan.IsRelaxed,
            Confidence = Trust.In(ordered, ranking, plan.ContentConcepts),
            IsTruncated = plan.IsTruncated,
        };
    }

    /// <summary>How many hits reach the floor; only the best can have been lifted over it.</summary>
    private static int CountFrom(float floor, ReadOnlySpan<float> scores, List<Hit> ordered)
    {
        var total = 0;
        foreach (var score in scores)
            if (score >= floor) total++;
        foreach (var hit in ordered)
            if (hit.Score >= floor && scores[hit.Document] < floor) total++;
        return total;
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
