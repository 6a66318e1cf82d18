namespace TenantPortal.Domain.Search;

/// <summary>Damerau's distance: letters added, left out, changed, or swapped with their neighbour.</summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>The distance, or any number above <paramref name="limit"/> once it is passed; both words up to 64 letters.</summary>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit || right.Length > Longest) return limit + 1;
        TrimShared(ref left, ref right);
        Span<int> before = stackalloc int[right.Length + 1];
        Span<int> previous = stackalloc int[right.Length + 1];
        Span<int> current = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            // further from the diagonal than the limit every place costs more than the limit
            var first = Math.Max(1, i - limit);
            var last = Math.Min(right.Length, i + limit);
            current[first - 1] = first == 1 ? i : limit + 1;
            var best = current[first - 1];
            for (var j = first; j <= last; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var edits = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) edits = Math.Min(edits, before[j - 2] + 1);
                current[j] = edits;
                best = Math.Min(best, edits);
            }

            if (best > limit) return limit + 1;
            if (last < right.Length) current[last + 1] = limit + 1;
            var oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[right.Length];
    }

    /// <summary>What both begin or end with costs nothing.</summary>
    private static void TrimShared(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        var start = left.CommonPrefixLength(right);
        left = left[start..];
        right = right[start..];
        var end = 0;
        while (end < left.Length && end < right.Length && left[^(end + 1)] == right[^(end + 1)]) end++;
        left = left[..^end];
        right = right[..^end];
    }
}
