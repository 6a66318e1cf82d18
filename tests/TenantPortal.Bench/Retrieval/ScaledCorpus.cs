namespace TenantPortal.Bench.Retrieval;

/// <summary>A large corpus made of a small one: copies for other clients, with new ids, words shuffled in stretches, and a fifth of the vocabulary renamed in each.</summary>
internal static class ScaledCorpus
{
    private const int Stretch = 8;
    private const int QueryWords = 44;

    public static RetrievalSet Of(RetrievalSet set, int documents, bool isOneClient)
    {
        var copies = Enumerable.Range(0, (documents + set.Documents.Count - 1) / set.Documents.Count);
        var lines = copies.SelectMany(copy => set.Documents.Select(line => Copy(line, copy, isOneClient))).Take(documents).ToList();
        var clients = Math.Max(1, documents / set.Documents.Count);
        return new RetrievalSet(lines, [.. set.Queries.Select((_, at) => Query(set.Queries, at, isOneClient ? "one" : $"client-{at % clients}", at % clients))], RetrievalSet.Unjudged);
    }

    private static CorpusLine Copy(CorpusLine line, int copy, bool isOneClient)
    {
        var random = new Random(HashCode(line.Id) ^ copy);
        var stretches = line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(Stretch).ToArray();
        if (copy > 0) random.Shuffle(stretches);
        return new CorpusLine($"{line.Id}-{copy}", Renamed(line.Title.Split(' '), copy), Renamed(stretches.SelectMany(words => words), copy), isOneClient ? "one" : $"client-{copy}", line.Audience);
    }

    private static string Renamed(IEnumerable<string> words, int copy) =>
        string.Join(' ', words.Select(word => copy > 0 && word.Length > 3 && HashCode(word) % 5 == copy % 5 ? $"{word}{(char)('a' + copy % 26)}{(char)('a' + copy / 26 % 26)}" : word));

    /// <summary>A ticket of 44 words: a text too short for that goes on with the next.</summary>
    private static QueryLine Query(IReadOnlyList<QueryLine> queries, int at, string tenant, int copy)
    {
        var words = Enumerable.Range(at, queries.Count).SelectMany(i => queries[i % queries.Count].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Take(QueryWords);
        return new QueryLine($"{queries[at].Id}-{at}", Renamed(words, copy), tenant, null);
    }

    // string.GetHashCode differs from run to run
    private static int HashCode(string text) => text.Aggregate(17, (hash, character) => unchecked(hash * 31 + character)) & int.MaxValue;
}
