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
}
