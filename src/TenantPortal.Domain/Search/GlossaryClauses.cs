using System.Collections.Concurrent;

namespace TenantPortal.Domain.Search;

/// <summary>How the documents of one snapshot meet what its glossary says in other words; looked up once, since neither changes.</summary>
internal sealed class GlossaryClauses(SearchSnapshot snapshot)
{
    private readonly ConcurrentDictionary<Meaning, Clause[]> known = new();

    public Clause[] Of(Meaning meaning) => known.TryGetValue(meaning, out var clauses) ? clauses : known.GetOrAdd(meaning, Find(meaning));

    private Clause[] Find(Meaning meaning)
    {
        var clauses = new List<Clause>();
        foreach (var phrase in meaning.Others)
            if ((phrase.Count == 1 ? Word(phrase[0]) : Phrase(phrase)) is { } clause) clauses.Add(clause);
        return [.. clauses];
    }

    private Clause? Word(Token word) => WordReadings.Sources(snapshot.Index, word.Text, word.Stem, Weights.Synonym, MatchKind.Synonym) is { Length: > 0 } sources ? new Clause(sources) : null;

    private Clause? Phrase(IReadOnlyList<Token> words) =>
        PhraseFinder.Clause(snapshot, string.Join(' ', words.Select(word => word.Text)), [.. words.Select(word => word.Stem)], MatchKind.Synonym, Weights.Synonym);
}
