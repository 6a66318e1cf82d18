using System.Text;

namespace TenantPortal.Domain.Tickets;

/// <summary>Text as it can be stored and shown: no control characters but tab and line ends, no halves of characters.</summary>
public static class CleanText
{
    public static string Of(string text)
    {
        if (!NeedsWork(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) if (!IsStray(rune.Value)) clean.Append(rune.ToString());
        return clean.ToString();
    }

    /// <summary>The first line of a text as a subject of at most so many characters, cut at a word.</summary>
    public static string FirstLine(string text, int longest = 120)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end].TrimEnd();
        if (line.Length <= longest) return line.ToString();
        var space = line[..longest].LastIndexOf(' ');
        return Of(string.Concat(line[..(space > longest / 2 ? space : longest - 1)].TrimEnd(), "…"));
    }

    /// <summary>At most so many UTF-16 units from the start, never half a character.</summary>
    public static string Start(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    private static bool NeedsWork(string text)
    {
        foreach (var character in text) if (char.IsSurrogate(character) || IsStray(character)) return true;
        return false;
    }

    private static bool IsStray(int character) => character is < 32 and not ('\t' or '\n' or '\r') or 127;
}
