using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>Turns text into tokens: identifiers whole, in parts and in canonical form; words in their own spelling with their stem beside.</summary>
public static class Analyzer
{
    /// <summary>Of any text the first and the last so many characters are read; a log's cause is at one of its ends.</summary>
    public const int EndLength = 16 * 1024;

    public static Analysis Analyse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Analysis([], false);
        var tokens = new TokenWriter(forms: null, Math.Min(text.Length, 2 * EndLength));
        ReadEnds(text, tokens);
        return new Analysis(tokens.Written, text.Length > 2 * EndLength);
    }

    /// <summary>The tokens of a text until the next one is read with the same words.</summary>
    internal static ReadOnlySpan<Token> Read(string text, WordForms forms)
    {
        if (text.Length == 0) return [];
        forms.Writer.Clear();
        ReadEnds(text, forms.Writer);
        return CollectionsMarshal.AsSpan(forms.Writer.Written);
    }

    private static void ReadEnds(string text, TokenWriter tokens)
    {
        if (text.Length <= 2 * EndLength)
        {
            Read(NormalisedText.Of(text, 0, text.Length), tokens);
            return;
        }

        Read(NormalisedText.Of(text, 0, EndLength), tokens);
        tokens.Skip();
        Read(NormalisedText.Of(text, text.Length - EndLength, EndLength), tokens);
    }

    private static void Read(NormalisedText source, TokenWriter tokens)
    {
        tokens.Begin(source);
        var text = source.Text;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
            // most runs are plain words
            if (end > at && (end == text.Length || IsBreak(text, end))) tokens.Word(at, end);
            else
            {
                while (end < text.Length && !IsBreak(text, end)) end++;
                if (end > at) Chunk.Read(text, at, end, tokens);
            }

            at = end + 1;
        }
    }

    private static bool IsBreak(string text, int at)
    {
        var character = text[at];
        if (char.IsAsciiLetterOrDigit(character)) return false;
        if (character == ':') return at + 1 >= text.Length || text[at + 1] is not ('/' or '\\');
        if (character is '-' or '_' or '.' or '\'' or '/' or '\\' or '@' or '#' or '+') return false;
        return character < '\u0080' || !(char.IsLetterOrDigit(character) || char.IsSurrogate(character) || char.GetUnicodeCategory(character) is
            System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark);
    }
}
