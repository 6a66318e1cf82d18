namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>A phrase found in a text: which entry, and its first and last word there.</summary>
public readonly record struct PhraseMatch<T>(string Phrase, T Value, int First, int Last);

/// <summary>Finds many phrases in one pass over the words of a text. Rules are compared by stem; names as written, or in the plural of what is written.</summary>
public sealed class PhraseBook<T>(bool asNames = false)
{
    private readonly Dictionary<string, List<Entry>> byFirst = new(StringComparer.Ordinal);

    private sealed record Entry(string Phrase, string[] Words, T Value);

    public void Add(string phrase, T value)
    {
        string[] words = [.. PlainWords.Of(phrase).Select(w => asNames ? w.Raw : w.Stem)];
        if (words.Length == 0) return;
        if (!byFirst.TryGetValue(words[0], out var entries)) byFirst.Add(words[0], entries = []);
        entries.Add(new(phrase, words, value));
    }

    /// <summary>Every phrase that stands in one sentence of the text, in the order of the text.</summary>
    public List<PhraseMatch<T>> Find(IReadOnlyList<PlainWord> text)
    {
        var found = new List<PhraseMatch<T>>();
        for (var at = 0; at < text.Count; at++)
        {
            var word = text[at];
            Look(asNames ? word.Raw : word.Stem, text, at, found);
            if (asNames && !ReferenceEquals(word.Raw, word.Singular)) Look(word.Singular, text, at, found);
        }
        return found;
    }

    private void Look(string first, IReadOnlyList<PlainWord> text, int at, List<PhraseMatch<T>> found)
    {
        if (!byFirst.TryGetValue(first, out var entries)) return;
        foreach (var entry in entries)
            if (Stands(entry.Words, text, at)) found.Add(new(entry.Phrase, entry.Value, at, at + entry.Words.Length - 1));
    }

    private bool Stands(string[] words, IReadOnlyList<PlainWord> text, int at)
    {
        if (at + words.Length > text.Count || text[at + words.Length - 1].Sentence != text[at].Sentence) return false;
        for (var i = 1; i < words.Length; i++)
            if (!IsSame(words[i], text[at + i])) return false;
        return true;
    }

    private bool IsSame(string rule, PlainWord word) => asNames ? rule == word.Raw || rule == word.Singular : rule == word.Stem;
}
