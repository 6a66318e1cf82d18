namespace TenantPortal.Domain.Search;

/// <summary>Groups of phrases that mean the same at one client, as its glossary lists them; read when searching, so that a change needs no new analysis.</summary>
public sealed class Synonyms
{
    private readonly Dictionary<string, List<int>> groupsOf = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<IReadOnlyList<Token>>> groups = [];

    private Synonyms(IEnumerable<IReadOnlyList<string>> source)
    {
        foreach (var phrases in source)
        {
            var group = phrases.Select(Words).Where(words => words.Count > 0).ToList();
            if (group.Count < 2) continue;
            foreach (var words in group)
            {
                var key = Key(words, 0, words.Count);
                if (!groupsOf.TryGetValue(key, out var numbers)) groupsOf[key] = numbers = [];
                if (!numbers.Contains(groups.Count)) numbers.Add(groups.Count);
                Longest = Math.Max(Longest, words.Count);
            }

            groups.Add(group);
        }
    }

    public static Synonyms None { get; } = new([]);

    internal int Longest { get; }

    public static Synonyms Of(IEnumerable<IReadOnlyList<string>> groups) => new(groups);

    /// <summary>The other phrases for the words from <paramref name="start"/> on.</summary>
    internal IEnumerable<IReadOnlyList<Token>> For(IReadOnlyList<Token> words, int start, int count)
    {
        var key = Key(words, start, count);
        if (!groupsOf.TryGetValue(key, out var numbers)) yield break;
        foreach (var number in numbers)
            foreach (var phrase in groups[number])
                if (Key(phrase, 0, phrase.Count) != key) yield return phrase;
    }

    internal bool Knows(IReadOnlyList<Token> words, int start, int count) => groupsOf.Count > 0 && groupsOf.ContainsKey(Key(words, start, count));

    private static List<Token> Words(string phrase) => [.. Analyzer.Analyse(phrase).Tokens.Where(token => token.IsWord && !token.IsOverlay)];

    private static string Key(IReadOnlyList<Token> words, int start, int count) =>
        count == 1 ? words[start].Stem : string.Join(' ', words.Skip(start).Take(count).Select(word => word.Stem));
}
