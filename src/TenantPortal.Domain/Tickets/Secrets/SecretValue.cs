using System.Buffers;

namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>How much a stretch of text looks like a credential rather than a word.</summary>
internal static class SecretValue
{
    /// <summary>Signs that passwords have and ordinary words have not; strokes, dots and apostrophes stand in words too.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create("!@#$%^&*+=~?|{}\\"), NotInAddress = SearchValues.Create("!#$%&*?");

    /// <summary>Letters and figures mixed, or letters with a sign inside; no time, date, code of an error, address or path.</summary>
    public static bool IsStrong(ReadOnlySpan<char> value)
    {
        if (value.Length < 5 || IsPlaceholder(value) || IsSomethingElse(value)) return false;
        var (lower, upper, digits, signs) = Count(value);
        var letters = lower + upper;
        if (digits > 0 && letters > 0 && (letters + signs > 1 || digits > 3)) return !IsMeasure(value, letters, signs);
        return letters > 2 && value.TrimEnd("!?").IndexOfAny(Signs) >= 0;
    }

    /// <summary>Strong with all three kinds of characters, so that not even a word like "is" need stand before it.</summary>
    public static bool IsVeryStrong(ReadOnlySpan<char> value)
    {
        var (lower, upper, digits, signs) = Count(value);
        return value.Length >= 8 && digits > 0 && lower + upper > 2 && signs > 0 && IsStrong(value);
    }

    public static bool IsDigits(ReadOnlySpan<char> value, int least, int most)
    {
        if (value.Length < least || value.Length > most) return false;
        foreach (var character in value) if (!char.IsAsciiDigit(character)) return false;
        return true;
    }

    public static bool IsLetters(ReadOnlySpan<char> value)
    {
        foreach (var character in value) if (!char.IsLetter(character)) return false;
        return value.Length > 0;
    }

    /// <summary>Letters in which a capital follows a small one, as in BlueHorse.</summary>
    public static bool IsJoined(ReadOnlySpan<char> value)
    {
        for (var i = 2; i < value.Length; i++) if (char.IsLower(value[i - 1]) && char.IsUpper(value[i])) return IsLetters(value);
        return false;
    }

    /// <summary>What stands for a secret and is none: stars, dots, x's, &lt;password&gt;, ${PASSWORD}, %PASS%.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value.StartsWith("--", StringComparison.Ordinal) || value[^1] == '=' && IsLetters(value[..^1]) || value[0] is '<' or '[' or '{' or '…' || value.StartsWith("${", StringComparison.Ordinal) || value.StartsWith("$(", StringComparison.Ordinal) || (value[0] is '%' or '$' && IsName(value[1..]))) return true;
        var first = char.ToLowerInvariant(value[0]);
        if (first is not ('x' or '*' or '.' or '•' or '_' or '-' or '#' or '?' or '●' or '=')) return false;
        foreach (var character in value) if (char.ToLowerInvariant(character) != first) return false;
        return true;
    }

    private static bool IsName(ReadOnlySpan<char> value)
    {
        foreach (var character in value) if (!(char.IsAsciiLetterUpper(character) || character is '_' or '%')) return false;
        return value.Length > 1;
    }

    private static bool IsSomethingElse(ReadOnlySpan<char> value)
    {
        if (value.Contains("://", StringComparison.Ordinal) || value.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || value.StartsWith("\\\\", StringComparison.Ordinal)) return true;
        if (value.Length > 2 && value[1] == ':' && value[2] is '\\' or '/' && char.IsLetter(value[0])) return true;
        var at = value.IndexOf('@');
        return at > 0 && value[(at + 1)..].Contains('.') && !value[(at + 1)..].ContainsAny(NotInAddress) && IsLetters(value[(value.LastIndexOf('.') + 1)..]);
    }

    // 12pm, 90days, 24h2, 2nd, KB5034441, Windows11: figures at one end of one word, or a word and a figure with a stroke between
    private static bool IsMeasure(ReadOnlySpan<char> value, int letters, int signs)
    {
        if (signs > 0) return false;
        if (value.Length < 8 && char.IsAsciiDigit(value[0]) && letters <= 4) return true;
        return value.StartsWith("KB", StringComparison.Ordinal) && IsDigits(value[2..], 6, 7);
    }

    private static (int Lower, int Upper, int Digits, int Signs) Count(ReadOnlySpan<char> value)
    {
        var (lower, upper, digits, signs) = (0, 0, 0, 0);
        foreach (var character in value)
        {
            if (char.IsDigit(character)) digits++;
            else if (char.IsUpper(character)) upper++;
            else if (char.IsLetter(character)) lower++;
            else if (Signs.Contains(character)) signs++;
        }
        return (lower, upper, digits, signs);
    }
}
