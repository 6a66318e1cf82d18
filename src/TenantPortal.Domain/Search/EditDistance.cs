namespace TenantPortal.Domain.Search;

/// <summary>Damerau's distance: letters added, left out, changed, or swapped with their neighbour.</summary>
internal static class EditDistance
{
    /// <summary>The distance, or any number above <paramref name="limit"/> once it is passed; both words up to 64 letters.</summary>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit || right.Length > 64) return limit + 1;
        Span<int> before = stackalloc int[65];
        Span<int> previous = stackalloc int[65];
        Span<int> current = stackalloc int[65];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            var best = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var edits = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) edits = Math.Min(edits, before[j - 2] + 1);
                current[j] = edits;
                best = Math.Min(best, edits);
            }

            if (best > limit) return limit + 1;
            var oldest = before;
            before = previous;
            previous = current;
            current = oldest;
        }

        return previous[right.Length];
    }
}
