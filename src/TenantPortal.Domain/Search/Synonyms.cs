namespace TenantPortal.Domain.Search;

/// <summary>Groups of phrases that mean the same at one client, as its glossary lists them; read when searching, so that a change needs no new analysis.</summary>
public sealed class Synonyms
{
    private readonly Dictionary<string, List<Meaning>> byFirstStem = new(StringComparer.Ordinal);

    private Synonyms(IEnumerable<IReadOnlyList<string>> source)
    {
        foreach (var phrases in source)
        {
            var group = phrases.Select(Words).Where(words => words.Count > 0).ToList();
            if (group.Count < 2) continue;
            foreach (var meaning in group.Select(Of).ToHashSet())
                foreach (var words in group)
                    if (!meaning.Is(words)) meaning.Others.Add(words);
        }

        // the longest phrase that stands in the query is the one that is meant
        foreach (var meanings in byFirstStem.Values) meanings.Sort(static (left, right) => right.Stems.Count.CompareTo(left.Stems.Count));
    }

    public static Synonyms None { get; } = new([]);

    public static Synonyms Of(IEnumerable<IReadOnlyList<string>> groups) => new(groups);

    /// <summary>The longest known phrase among the words from <paramref name="start"/> on.</summary>
    internal Meaning? At(List<Token> words, int start)
    {
        if (!byFirstStem.TryGetValue(words[start].Stem, out var meanings)) return null;
        foreach (var meaning in meanings)
            if (meaning.IsAt(words, start)) return meaning;
        return null;
    }

    private Meaning Of(List<Token> words)
    {
        if (!byFirstStem.TryGetValue(words[0].Stem, out var meanings)) byFirstStem[words[0].Stem] = meanings = [];
        var known = meanings.Find(meaning => meaning.Is(words));
        if (known is not null) return known;
        var added = new Meaning([.. words.Select(word => word.Stem)]);
        meanings.Add(added);
        return added;
    }

    private static List<Token> Words(string phrase) => [.. Analyzer.Analyse(phrase).Tokens.Where(token => token.IsWord && !token.IsOverlay)];
}

/// <summary>A phrase of the glossary and the other ways to say it.</summary>
internal sealed class Meaning(IReadOnlyList<string> stems)
{
    public IReadOnlyList<string> Stems { get; } = stems;

    public List<IReadOnlyList<Token>> Others { get; } = [];

    public bool Is(List<Token> words) => words.Count == Stems.Count && IsAt(words, 0);

    public bool IsAt(List<Token> words, int start)
    {
        if (start + Stems.Count > words.Count) return false;
        for (var i = 0; i < Stems.Count; i++)
            if (!words[start + i].Stem.Equals(Stems[i], StringComparison.Ordinal)) return false;
        return true;
    }
}
