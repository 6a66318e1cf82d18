namespace TenantPortal.Domain.Search;

/// <summary>Names that contain signs: kept whole for exact search and split for everyday search.</summary>
internal static class Names
{
    private const int MostParts = 12;
    private const int LongestJoined = 30;

    public static void Path(string text, int start, int end, string lower, TokenWriter tokens)
    {
        var whole = lower.Replace('\\', '/');
        var scheme = whole.IndexOf("://", StringComparison.Ordinal);
        tokens.Identifier(scheme > 0 ? whole[(scheme + 3)..] : whole.TrimStart('/'), start, end);
        // "etc\hosts" finds the full path: every ending of at least two parts is a name of its own
        var cuts = 0;
        for (var cut = whole.IndexOf('/', StringComparison.Ordinal); cut >= 0 && cut < whole.Length - 1 && cuts < MostParts; cut = whole.IndexOf('/', cut + 1))
        {
            cuts++;
            var ending = whole.AsSpan(cut + 1);
            if (ending.Length > 1 && ending[0] != '/' && ending.Contains('/') && cut > 0) tokens.Identifier(ending.ToString(), start + cut + 1, end);
        }

        for (var at = start; at < end;)
        {
            var next = at;
            while (next < end && text[next] is not ('/' or '\\' or ':')) next++;
            if (next > at) Chunk.Read(text, at, next, tokens);
            at = next + 1;
        }
    }

    public static void Dotted(string text, int start, int end, string lower, TokenWriter tokens)
    {
        tokens.Identifier(lower.TrimStart('.'), start, end);
        if (lower.EndsWith(".net", StringComparison.Ordinal)) tokens.Identifier(".net", end - 4, end);
        Parts(text, start, end, tokens);
    }

    public static bool IsVersion(string lower)
    {
        var digits = lower.AsSpan(lower[0] == 'v' ? 1 : 0);
        return digits.Contains('.') && digits.TrimEnd("0123456789.").IsEmpty && char.IsAsciiDigit(digits[0]);
    }

    public static void Version(string lower, int start, int end, TokenWriter tokens)
    {
        var whole = lower.TrimStart('v');
        var offset = lower.Length - whole.Length;
        tokens.Identifier(whole, start, end);
        var cuts = 0;
        for (var cut = whole.IndexOf('.', StringComparison.Ordinal); cut >= 0 && cuts < MostParts; cut = whole.IndexOf('.', cut + 1))
        {
            cuts++;
            // a build number is looked up alone, "19045.3803" without what stands before it
            var ending = whole[(cut + 1)..];
            if (ending.Length >= Codes.ShortestNumber) tokens.Identifier(ending, start + offset + cut + 1, end);
            if (cuts == 2) tokens.Identifier(whole[..cut], start, start + offset + cut);
        }

        tokens.Word(start + offset, end);
    }

    public static void Underscored(string text, int start, int end, string lower, Shape shape, TokenWriter tokens)
    {
        var name = lower.Trim('_');
        if (name.Contains('_', StringComparison.Ordinal)) tokens.Identifier(name, start, end, code: shape.HasLetters && !shape.HasLower);
        Parts(text, start, end, tokens);
    }

    public static void Hyphenated(string text, int start, int end, string lower, Shape shape, TokenWriter tokens)
    {
        var name = lower.Trim('-');
        if (name.StartsWith("kb-", StringComparison.Ordinal) && Codes.Of("kb" + name[3..], null) is { Count: > 0 } codes)
        {
            foreach (var code in codes) tokens.Identifier(code, start, end, code: true);
            tokens.Place();
            return;
        }

        var parts = 1 + name.AsSpan().Count('-');
        var cmdlet = parts == 2 && char.IsUpper(text[start]) && char.IsUpper(text[start + lower.IndexOf('-', StringComparison.Ordinal) + 1]);
        if (shape.HasDigits || cmdlet) tokens.Identifier(name, start, end);
        if (parts is 2 or 3 && name.Length <= LongestJoined && shape.HasLetters) tokens.Joined(name.Replace("-", "", StringComparison.Ordinal), start, end);
        Parts(text, start, end, tokens);
    }

    private static void Parts(string text, int start, int end, TokenWriter tokens)
    {
        for (var at = start; at < end;)
        {
            while (at < end && text[at] is '.' or '-' or '_' or '@' or '+' or '#' or ':') at++;
            var first = at;
            while (at < end && text[at] is not ('.' or '-' or '_' or '@' or '+' or '#' or ':')) at++;
            if (at > first) Chunk.Read(text, first, at, tokens);
        }
    }
}
