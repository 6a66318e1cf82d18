namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>A word in three spellings, with its place in the text and the sentence and part of a sentence it stands in.</summary>
public sealed record PlainWord(string Raw, string Singular, string Stem, int Start, int End, int Sentence, int Part);

/// <summary>Reads a text as lower-case words; apostrophes vanish (won't is wont), every other sign parts two words.</summary>
public static class PlainWords
{
    /// <summary>Of a longer text the first and the last words are read: a pasted log says what matters at its ends.</summary>
    public const int Head = 1500, Tail = 300;
    private const int LongestText = 64 * 1024, LongestWord = 60;

    public static List<PlainWord> Of(string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        var words = new List<PlainWord>(Math.Min(text.Length / 5 + 4, Head + Tail));
        int sentence = 0, part = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!IsLetter(text[at]))
            {
                if (EndsSentence(text, at)) { sentence++; part++; }
                else if (EndsPart(text, at)) part++;
                at++;
                continue;
            }
            var end = at + 1;
            while (end < text.Length && (IsLetter(text[end]) || (IsApostrophe(text[end]) && end + 1 < text.Length && IsLetter(text[end + 1])))) end++;
            if (words.Count >= Head + Tail) words.RemoveAt(Head);
            words.Add(Word(text[at..Math.Min(end, at + LongestWord)], at, end, sentence, part));
            at = end;
        }
        return words;
    }

    /// <summary>The spelling under which two phrases are the same.</summary>
    public static string Key(string phrase) => string.Join(' ', Of(phrase).Select(w => w.Stem));

    private static PlainWord Word(string written, int start, int end, int sentence, int part)
    {
        var raw = Plain(written);
        var singular = LightStem.Singular(raw);
        return new(raw, singular, LightStem.Of(raw), start, end, sentence, part);
    }

    private static string Plain(string written)
    {
        var lower = written.ToLowerInvariant();
        if (!System.Text.Ascii.IsValid(lower)) lower = lower.Normalize();
        return lower.AsSpan().IndexOfAny("'’‘`´") < 0 ? lower : string.Concat(lower.Where(c => !IsApostrophe(c)));
    }

    private static bool IsLetter(char character) => char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.NonSpacingMark;

    private static bool IsApostrophe(char character) => character is '\'' or '’' or '‘' or '`' or '´';

    private static bool EndsSentence(string text, int at) => text[at] switch
    {
        '!' or '?' or '\n' or '\u2028' => true,
        '.' => at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };

    private static bool EndsPart(string text, int at) => text[at] switch
    {
        ',' or ';' or ':' or '(' or ')' or '–' or '—' => true,
        '-' => at > 0 && char.IsWhiteSpace(text[at - 1]),
        _ => false,
    };
}
