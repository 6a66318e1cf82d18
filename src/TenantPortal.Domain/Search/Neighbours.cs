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
        // one above the place of a term among the query's, zero for other terms
        var marks = ArrayPool<byte>.Shared.Rent(snapshot.Index.Vocabulary);
        Array.Clear(marks, 0, snapshot.Index.Vocabulary);
        byte last = 0;
        foreach (var pair in plan.Pairs)
        {
            if (marks[pair.First] == 0) marks[pair.First] = ++last;
            if (marks[pair.Second] == 0) marks[pair.Second] = ++last;
        }

        var side = last + 1;
        Span<byte> pairs = side <= 64 ? stackalloc byte[side * side] : new byte[side * side];
        pairs.Clear();
        for (var i = plan.Pairs.Count - 1; i >= 0; i--) pairs[marks[plan.Pairs[i].First] * side + marks[plan.Pairs[i].Second]] = (byte)(i + 1);
        for (var i = 0; i < Math.Min(hits.Count, Weights.Reranked); i++)
        {
            var document = hits[i].Document;
            var worth = Worth(plan, Found(snapshot.Document(document).Order, snapshot.TermsOf(document), marks, pairs, side));
            if (worth > 0) hits[i] = new Hit(document, hits[i].Score + worth * ranking.Share(document));
        }

        ArrayPool<byte>.Shared.Return(marks);
        hits.Sort(static (left, right) => left.Compare(right));
    }

    private static ulong Found(ReadOnlySpan<ushort> order, ReadOnlySpan<int> terms, ReadOnlySpan<byte> marks, ReadOnlySpan<byte> pairs, int side)
    {
        ulong found = 0;
        var before = 0;
        foreach (var local in order)
        {
            var mark = local == AnalysedDocument.Gap ? 0 : marks[terms[local]];
            if (before > 0 && mark > 0 && pairs[before * side + mark] is > 0 and var pair) found |= 1UL << (pair - 1);
            before = mark;
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
