using System.Buffers;

namespace TenantPortal.Domain.Search;

/// <summary>Lifts the best hits in which words follow each other as they do in the query.</summary>
internal static class Neighbours
{
    public static void Lift(SearchSnapshot snapshot, QueryPlan plan, Ranking ranking, List<Hit> hits)
    {
        if (plan.Pairs.Count == 0) return;
        // one above the place among the hits; zero for documents that are not looked at
        var places = ArrayPool<int>.Shared.Rent(snapshot.Count);
        Array.Clear(places, 0, snapshot.Count);
        for (var i = 0; i < Math.Min(hits.Count, Weights.Reranked); i++) places[hits[i].Document] = i + 1;
        foreach (var pair in plan.Pairs) Lift(snapshot, pair, ranking, hits, places);
        ArrayPool<int>.Shared.Return(places);
        hits.Sort(static (left, right) => left.Compare(right));
    }

    private static void Lift(SearchSnapshot snapshot, Pair pair, Ranking ranking, List<Hit> hits, int[] places)
    {
        var index = snapshot.Index;
        var isFirstRarer = index.Frequency(pair.First) <= index.Frequency(pair.Second);
        var (rarer, other) = isFirstRarer ? (pair.First, pair.Second) : (pair.Second, pair.First);
        foreach (var document in index.Documents(rarer))
        {
            if (places[document] == 0 || !index.Has(other, document) || !PhraseFinder.Follows(snapshot, document, pair.First, pair.Second)) continue;
            var score = hits[places[document] - 1].Score;
            hits[places[document] - 1] = new Hit(document, score + pair.Worth * ranking.Share(document));
        }
    }
}
