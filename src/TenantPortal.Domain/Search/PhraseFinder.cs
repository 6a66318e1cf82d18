namespace TenantPortal.Domain.Search;

/// <summary>Finds stems that follow each other, in the documents of one snapshot.</summary>
internal static class PhraseFinder
{
    /// <summary>The documents with a phrase as one way to meet a concept; null where none has it.</summary>
    public static Clause? Clause(SearchSnapshot snapshot, string text, IReadOnlyList<string> stems, MatchKind kind, float weight)
    {
        var matches = Find(snapshot, stems);
        return matches.Documents.Length == 0 ? null : new Clause([new Source(-1, weight, text, kind, matches)]);
    }

    public static bool Follows(SearchSnapshot snapshot, int document, int first, int second) => Count(snapshot, document, [first, second]) > 0;

    private static PhraseMatches Find(SearchSnapshot snapshot, IReadOnlyList<string> stems)
    {
        var index = snapshot.Index;
        var terms = new int[stems.Count];
        for (var i = 0; i < terms.Length; i++)
            if ((terms[i] = index.Find(Term.Stem(stems[i]))) < 0) return new PhraseMatches([], [], index.RarestIdf);
        var rarest = terms.MinBy(index.Frequency);
        var documents = new List<int>();
        var counts = new List<ulong>();
        foreach (var document in index.Documents(rarest))
        {
            var count = Count(snapshot, document, terms);
            if (count == 0) continue;
            documents.Add(document);
            counts.Add(count);
        }

        var idf = index.Idf(documents.Count);
        var scores = new float[documents.Count];
        for (var i = 0; i < scores.Length; i++) scores[i] = idf * index.Scale(snapshot.Document(documents[i])).Of(counts[i]);
        return new PhraseMatches([.. documents], scores, idf);
    }

    /// <summary>Occurrences in title and elsewhere; only the title's place in the order is known.</summary>
    private static ulong Count(SearchSnapshot snapshot, int document, ReadOnlySpan<int> terms)
    {
        var order = snapshot.OrderOf(document);
        var titleEnd = order.IndexOf(-1);
        int title = 0, elsewhere = 0;
        for (var at = 0; at < order.Length;)
        {
            var next = order[at..].IndexOf(terms);
            if (next < 0) break;
            at += next;
            if (at < titleEnd) title++;
            else elsewhere++;
            at += terms.Length;
        }

        return (ulong)Math.Min(title, byte.MaxValue) * Packed.One(SearchField.Title) + (ulong)Math.Min(elsewhere, byte.MaxValue) * Packed.One(SearchField.Body);
    }
}
