using System.Globalization;

namespace TenantPortal.Domain.Search;

/// <summary>The error codes and numbers that a run of letters and digits may be, in canonical form: 0x and no leading zeros for results.</summary>
internal static class Codes
{
    /// <summary>Shorter numbers are amounts and steps, not something to look up.</summary>
    public const int ShortestNumber = 4;
    private const int LongestNumber = 20;
    private const int ResultDigits = 8;

    public static IReadOnlyList<string> Of(string lower, string? previous)
    {
        if (lower.StartsWith("0x", StringComparison.Ordinal)) return Canonical(lower.AsSpan(2)) is { } hex ? [hex] : [];
        if (IsNumber(lower)) return OfNumber(lower, previous);
        if (lower.Length == ResultDigits && lower[0] is '8' or 'c' or '0' && lower.AsSpan().ContainsAnyInRange('0', '9') && Canonical(lower) is { } bare) return [bare];
        var prefix = lower.StartsWith("kb", StringComparison.Ordinal) ? 2 : lower.StartsWith("aadsts", StringComparison.Ordinal) ? 6 : 0;
        return prefix > 0 && lower.Length >= prefix + ShortestNumber && IsNumber(lower.AsSpan(prefix)) ? [lower, lower[prefix..]] : [];
    }

    /// <summary>The result code that a signed decimal stands for, such as -2147024891 for 0x80070005.</summary>
    public static string? FromSigned(string lower) =>
        lower.Length > 9 && int.TryParse(lower, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed) && signed < 0 ? Canonical((uint)signed) : null;

    public static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and <= LongestNumber && !text.ContainsAnyExceptInRange('0', '9');

    private static List<string> OfNumber(string number, string? previous)
    {
        if (number.Length < ShortestNumber) return [];
        var codes = new List<string>(3) { number };
        if (number.Length is 6 or 7 && previous == "kb") codes.Add("kb" + number);
        if (number.Length == 10 && uint.TryParse(number, CultureInfo.InvariantCulture, out var unsigned) && unsigned > int.MaxValue) codes.Add(Canonical(unsigned));
        if (number.Length == ResultDigits && number[0] is '8' or '0' && Canonical(number) is { } result) codes.Add(result);
        return codes;
    }

    private static string? Canonical(ReadOnlySpan<char> hex) =>
        hex.Length <= 16 && ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? Canonical(value) : null;

    private static string Canonical(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");
}
