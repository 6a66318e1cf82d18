namespace TenantPortal.Domain.Search;

/// <summary>Reads one run of text without blanks: a word, or a name with signs in it, which is kept whole and in parts.</summary>
internal static class Chunk
{
    private const int LongestName = 400;

    public static void Read(string text, int start, int end, TokenWriter tokens)
    {
        Trim(text, ref start, ref end);
        if (start >= end) return;
        var shape = Shape.Of(text.AsSpan(start, end - start));
        if (!shape.HasSigns && !shape.HasDigits) tokens.Word(start, end);
        else if (end - start > LongestName) Words(text, start, end, tokens);
        else if (!shape.HasSigns) Alphanumeric(text, start, end, shape, tokens);
        else Signed(text, start, end, shape, tokens);
    }

    private static void Trim(string text, ref int start, ref int end)
    {
        while (end > start && text[end - 1] is '.' or '-' or '\'' or '/' or '\\' or '@' or ':' or '_') end--;
        while (start < end && text[start] is '\'' or '@' or ':' or '#' or '+') start++;
        if (end - start > 1 && text[start] == '-' && !char.IsAsciiDigit(text[start + 1])) while (start < end && text[start] == '-') start++;
        if (end - start == 1 && !char.IsLetterOrDigit(text[start])) start = end;
    }

    private static void Alphanumeric(string text, int start, int end, Shape shape, TokenWriter tokens)
    {
        var lower = tokens.Lower(start, end);
        foreach (var code in Codes.Of(lower, tokens.Previous)) tokens.Identifier(code, start, end, code: true);
        if (shape.HasLetters && !lower.StartsWith("0x", StringComparison.Ordinal)) tokens.Word(start, end);
        else if (lower.Length < Codes.ShortestNumber) tokens.Word(start, end);
        else tokens.Place();
    }

    private static void Signed(string text, int start, int end, Shape shape, TokenWriter tokens)
    {
        var span = text.AsSpan(start, end - start);
        var lower = tokens.Lower(start, end);
        if (WordLists.Symbols.TryGetValue(lower, out var plain)) Symbol(lower, plain, text, start, end, tokens);
        else if (span[0] == '-' && Codes.FromSigned(lower) is { } result)
        {
            tokens.Identifier(result, start, end, code: true);
            tokens.Identifier(lower[1..], start, end, code: true);
            tokens.Place();
        }
        else if (shape.IsPath || span[0] == '/') Names.Path(text, start, end, lower, tokens);
        else if (shape.Slashes > 0) Split(text, start, end, '/', tokens);
        else if (shape.HasAt) Names.Dotted(text, start, end, lower, tokens);
        else if (Names.IsVersion(lower)) Names.Version(lower, start, end, tokens);
        else if (shape.Underscores > 0) Names.Underscored(text, start, end, lower, shape, tokens);
        else if (shape.InnerDots > 0) Names.Dotted(text, start, end, lower, tokens);
        else if (shape.Hyphens > 0) Names.Hyphenated(text, start, end, lower, shape, tokens);
        else if (shape.HasApostrophe) Apostrophe(text, start, end, lower, tokens);
        else Words(text, start, end, tokens);
    }

    private static void Symbol(string lower, string plain, string text, int start, int end, TokenWriter tokens)
    {
        tokens.Identifier(lower, start, end);
        var at = text.AsSpan(start, end - start).IndexOf(plain, StringComparison.OrdinalIgnoreCase);
        // a lone letter is no part worth finding: C, C# and C++ are three things
        if (plain.Length > 1 && at >= 0) tokens.Word(start + at, start + at + plain.Length);
        else tokens.Place();
    }

    private static void Split(string text, int start, int end, char sign, TokenWriter tokens)
    {
        for (var at = start; at <= end;)
        {
            var next = text.IndexOf(sign, at, end - at);
            if (next < 0) next = end;
            Read(text, at, next, tokens);
            at = next + 1;
        }
    }

    private static void Apostrophe(string text, int start, int end, string lower, TokenWriter tokens)
    {
        if (WordLists.Contractions.ContainsKey(lower))
        {
            tokens.Word(start, end);
            return;
        }

        var at = text.IndexOf('\'', start, end - start);
        if (lower.EndsWith("n't", StringComparison.Ordinal))
        {
            tokens.Word(start, end - 3);
            tokens.Joined("not", end - 3, end);
            tokens.Place();
            return;
        }

        var tail = text.AsSpan(at + 1, end - at - 1);
        if (at - start > 1 && (tail.Equals("s", StringComparison.OrdinalIgnoreCase) || tail is "re" or "ll" or "ve" or "d" or "m")) tokens.Word(start, at);
        else Words(text, start, end, tokens);
    }

    public static void Words(string text, int start, int end, TokenWriter tokens)
    {
        for (var at = start; at < end;)
        {
            while (at < end && !IsLetter(text[at])) at++;
            var first = at;
            while (at < end && IsLetter(text[at])) at++;
            if (at == first) continue;
            var shape = Shape.Of(text.AsSpan(first, at - first));
            if (shape.HasDigits && at - first <= LongestName) Alphanumeric(text, first, at, shape, tokens);
            else tokens.Word(first, at);
        }
    }

    private static bool IsLetter(char character) => char.IsLetterOrDigit(character) || character > '\u02ff' && !char.IsPunctuation(character);
}
