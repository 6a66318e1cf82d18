using System.Buffers;

namespace TenantPortal.Domain.Search;

/// <summary>Lifts the best hits in which words follow each other as they do in the query.</summary>
internal static class Neighbours
{
    // pairs are told apart by the bits of one number
    public const int MostPairs = 64;

    public static void Lift(SearchSnapshot snapshot, QueryPlan plan, Ranking ranking, List<Hit> hits)
    {
        if (plan.Pairs.Count == 0) return;
        // one above the place of a term among the query's, zero for other terms and, in front, for the end of a field
        var room = snapshot.Index.Vocabulary + 1;
        var marks = ArrayPool<byte>.Shared.Rent(room);
        Array.Clear(marks, 0, room);
        // for each mark the pairs that it begins and those that it ends, a bit each
        Span<ulong> begun = stackalloc ulong[2 * MostPairs + 1];
        Span<ulong> ended = stackalloc ulong[2 * MostPairs + 1];
        begun.Clear();
        ended.Clear();
        byte last = 0;
        for (var i = 0; i < plan.Pairs.Count; i++)
        {
            ref var first = ref marks[plan.Pairs[i].First + 1];
            if (first == 0) first = ++last;
            ref var second = ref marks[plan.Pairs[i].Second + 1];
            if (second == 0) second = ++last;
            // a pair that is said again is one pair
            if ((begun[first] & ended[second]) != 0) continue;
            begun[first] |= 1UL << i;
            ended[second] |= 1UL << i;
        }

        for (var i = 0; i < Math.Min(hits.Count, Weights.Reranked); i++)
        {
            var document = hits[i].Document;
            var worth = Worth(plan, Found(snapshot.OrderOf(document), marks, begun, ended));
            if (worth > 0) hits[i] = new Hit(document, hits[i].Score + worth * ranking.Share(document));
        }

        ArrayPool<byte>.Shared.Return(marks);
        hits.Sort(static (left, right) => left.Compare(right));
    }

    private static ulong Found(ReadOnlySpan<int> order, ReadOnlySpan<byte> marks, ReadOnlySpan<ulong> begun, ReadOnlySpan<ulong> ended)
    {
        ulong found = 0, open = 0;
        foreach (var term in order)
        {
            var mark = marks[term + 1];
            found |= open & ended[mark];
            open = begun[mark];
        }

        return found;
    }

    private static float Worth(QueryPlan plan, ulong found)
    {
        float worth = 0;
        for (; found != 0; found &= found - 1) worth += plan.Pairs[System.Numerics.BitOperations.TrailingZeroCount(found)].Worth;
        return worth;
    }
}
