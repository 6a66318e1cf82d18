using System.Collections.Frozen;
using System.Text;

namespace TenantPortal.Domain.Search;

/// <summary>Lower case without accents: what a person types who has another keyboard.</summary>
internal static class Folding
{
    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['ł'] = "l", ['þ'] = "th", ['ı'] = "i",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, string> Umlauts = new Dictionary<char, string>
    {
        ['ä'] = "ae", ['ö'] = "oe", ['ü'] = "ue", ['ø'] = "oe", ['å'] = "aa", ['ß'] = "ss",
    }.ToFrozenDictionary();

    public static string Fold(string lower)
    {
        if (Ascii.IsValid(lower)) return lower;
        var folded = new StringBuilder(lower.Length + 2);
        foreach (var character in lower)
        {
            if (character < '\u0080') folded.Append(character);
            else if (Letters.TryGetValue(character, out var letters)) folded.Append(letters);
            else if (char.IsSurrogate(character)) folded.Append(character);
            else AppendBase(character, folded);
        }

        return folded.Length == 0 ? lower : folded.ToString();
    }

    /// <summary>The spelling with ue for ü, or null where the word has no such letter.</summary>
    public static string? Spelled(string lower)
    {
        if (Ascii.IsValid(lower) || !lower.AsSpan().ContainsAny("äöüøå")) return null;
        var spelled = new StringBuilder(lower.Length + 2);
        foreach (var character in lower)
            if (Umlauts.TryGetValue(character, out var letters)) spelled.Append(letters);
            else spelled.Append(character);
        return Fold(spelled.ToString());
    }

    private static void AppendBase(char character, StringBuilder folded)
    {
        // U+FFFE and U+FFFF were replaced before; other code units decompose without exception
        foreach (var part in character.ToString().Normalize(NormalizationForm.FormD))
            if (char.GetUnicodeCategory(part) != System.Globalization.UnicodeCategory.NonSpacingMark) folded.Append(part);
    }
}
