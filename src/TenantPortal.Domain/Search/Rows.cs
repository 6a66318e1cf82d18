using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TenantPortal.Domain.Search;

/// <summary>Sums over rows of numbers, eight at a time on every machine, so that every machine gets the same digits; lengths are multiples of eight.</summary>
internal static class Rows
{
    public const int Step = 8;

    public static void Add(float weight, ReadOnlySpan<float> row, Span<float> sum)
    {
        var from = MemoryMarshal.Cast<float, Vector256<float>>(row);
        var to = MemoryMarshal.Cast<float, Vector256<float>>(sum)[..from.Length];
        var factor = Vector256.Create(weight);
        for (var i = 0; i < from.Length; i++) to[i] += from[i] * factor;
    }

    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var one = MemoryMarshal.Cast<float, Vector256<float>>(left);
        var other = MemoryMarshal.Cast<float, Vector256<float>>(right)[..one.Length];
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < one.Length; i++) sum += one[i] * other[i];
        return Vector256.Sum(sum);
    }

    /// <summary>What was scored, less a share for what of everything was not covered; the best of it is returned.</summary>
    public static float Shared(ReadOnlySpan<float> scores, ReadOnlySpan<float> covered, float everything, float share, Span<float> into)
    {
        var most = Vector256<float>.Zero;
        var (one, whole, part, rest) = (Vector256<float>.One, Vector256.Create(everything), Vector256.Create(share), Vector256.Create(1 - share));
        var at = 0;
        for (; at <= scores.Length - Step; at += Step)
        {
            var scored = Vector256.Create(scores[at..]) * (rest + part * Vector256.Min(one, Vector256.Create(covered[at..]) / whole));
            scored.CopyTo(into[at..]);
            most = Vector256.Max(most, scored);
        }

        var best = Best(most);
        for (; at < scores.Length; at++) best = Math.Max(best, into[at] = scores[at] * (1 - share + share * Math.Min(1, covered[at] / everything)));
        return best;
    }

    /// <summary>Scales each sum; the best of those where there is anything is returned.</summary>
    public static float ScaleAndBestWhereAny(Span<float> sums, ReadOnlySpan<float> scales, ReadOnlySpan<float> any)
    {
        var most = Vector256<float>.Zero;
        var at = 0;
        for (; at <= sums.Length - Step; at += Step)
        {
            var scaled = Vector256.Create<float>(sums[at..]) * Vector256.Create(scales[at..]);
            scaled.CopyTo(sums[at..]);
            most = Vector256.Max(most, scaled & Vector256.GreaterThan(Vector256.Create(any[at..]), Vector256<float>.Zero));
        }

        var best = Best(most);
        for (; at < sums.Length; at++)
        {
            sums[at] *= scales[at];
            if (any[at] > 0) best = Math.Max(best, sums[at]);
        }

        return best;
    }

    /// <summary>Adds the row times a factor to each sum that is not nothing.</summary>
    public static void AddWhereAny(Span<float> sums, ReadOnlySpan<float> row, float factor)
    {
        var times = Vector256.Create(factor);
        var at = 0;
        for (; at <= sums.Length - Step; at += Step)
        {
            var sum = Vector256.Create<float>(sums[at..]);
            (sum + (Vector256.Create(row[at..]) * times & Vector256.GreaterThan(sum, Vector256<float>.Zero))).CopyTo(sums[at..]);
        }

        for (; at < sums.Length; at++)
            if (sums[at] > 0) sums[at] += row[at] * factor;
    }

    private static float Best(Vector256<float> many)
    {
        float best = 0;
        for (var i = 0; i < Step; i++) best = Math.Max(best, many[i]);
        return best;
    }
}
