using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>For each term the documents that have it, with the term's score in each worked out beforehand.</summary>
internal sealed class InvertedIndex
{
    // a stem is a word of at most 64 letters, twice as long where each is spelled in two
    private const int LongestKey = 130;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byLetters;
    private readonly int[] starts;
    private readonly int[] found;
    private readonly float[] impacts;
    private readonly int count;
    private readonly float averageLength;
    private readonly float[] averages = new float[AnalysedDocument.Fields];
    private readonly Lazy<(string Text, int Term)[]> sorted;
    private readonly Lazy<Spelling> spelling;

    public InvertedIndex(AnalysedDocument[] documents, int[][] termsOf)
    {
        count = documents.Length;
        byLetters = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var frequency = new List<int>();
        var postings = 0;
        for (var i = 0; i < documents.Length; i++)
        {
            postings += documents[i].Terms.Length;
            termsOf[i] = Number(documents[i], frequency);
        }

        averageLength = Averages(documents);
        starts = new int[frequency.Count + 1];
        for (var term = 0; term < frequency.Count; term++) starts[term + 1] = starts[term] + frequency[term];
        found = new int[postings];
        impacts = new float[postings];
        var next = starts.AsSpan(0, frequency.Count).ToArray();
        for (var i = 0; i < documents.Length; i++)
        {
            var scale = new LengthScale(documents[i].Lengths, averages, averageLength);
            var terms = termsOf[i];
            for (var local = 0; local < terms.Length; local++)
            {
                var at = next[terms[local]]++;
                found[at] = i;
                impacts[at] = Idf(frequency[terms[local]]) * scale.Of(documents[i].Frequencies[local]);
            }
        }

        sorted = new(() => [.. numbers.Where(term => term.Key[0] != Term.StemSign).OrderBy(term => term.Key, StringComparer.Ordinal).Select(term => (term.Key, term.Value))]);
        spelling = new(() => new Spelling(numbers.Keys.Where(Term.IsWord), word => Frequency(numbers[word])));
    }

    public Spelling Spelling => spelling.Value;

    public float RarestIdf => Idf(0);

    public int Find(string term) => numbers.TryGetValue(term, out var number) ? number : -1;

    public int Find(ReadOnlySpan<char> term) => byLetters.TryGetValue(term, out var number) ? number : -1;

    /// <summary>The term of a stem, or of a stem and its ending.</summary>
    public int FindStem(ReadOnlySpan<char> stem, ReadOnlySpan<char> ending = default)
    {
        var length = 1 + stem.Length + ending.Length;
        Span<char> key = length <= LongestKey ? stackalloc char[length] : new char[length];
        key[0] = Term.StemSign;
        stem.CopyTo(key[1..]);
        ending.CopyTo(key[(1 + stem.Length)..]);
        return Find(key);
    }

    public int Frequency(int term) => starts[term + 1] - starts[term];

    public float IdfOf(int term) => Idf(Frequency(term));

    public ReadOnlySpan<int> Documents(int term) => found.AsSpan(starts[term], Frequency(term));

    public ReadOnlySpan<float> Impacts(int term) => impacts.AsSpan(starts[term], Frequency(term));

    public bool Has(int term, int document) => Documents(term).BinarySearch(document) >= 0;

    public LengthScale Scale(AnalysedDocument document) => new(document.Lengths, averages, averageLength);

    /// <summary>Rarity after Robertson and Spärck Jones, kept above zero as in Lucene.</summary>
    public float Idf(int frequency) => MathF.Log(1 + (count - frequency + 0.5f) / (frequency + 0.5f));

    /// <summary>Words and identifiers that begin so; where there are more than asked for, the most frequent first.</summary>
    public IEnumerable<(string Text, int Term)> Beginning(string prefix, int most)
    {
        var all = sorted.Value;
        var first = FirstFrom(all, prefix);
        var end = first;
        while (end < all.Length && all[end].Text.StartsWith(prefix, StringComparison.Ordinal)) end++;
        var beginning = new ArraySegment<(string Text, int Term)>(all, first, end - first);
        return beginning.Count <= most ? beginning : MostFrequent(beginning, most);
    }

    private static int FirstFrom((string Text, int Term)[] all, string prefix)
    {
        int low = 0, high = all.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(all[middle].Text, prefix) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Of the words in order the most frequent, equals in the order they stand.</summary>
    private List<(string Text, int Term)> MostFrequent(ArraySegment<(string Text, int Term)> words, int most)
    {
        var best = new TopHits(most, words.Count);
        for (var place = 0; place < words.Count; place++) best.Add(place, Frequency(words[place].Term));
        return best.Ordered().ConvertAll(hit => words[hit.Document]);
    }

    private int[] Number(AnalysedDocument document, List<int> frequency)
    {
        var terms = new int[document.Terms.Length];
        for (var local = 0; local < terms.Length; local++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, document.Terms[local], out var known);
            if (!known)
            {
                number = frequency.Count;
                frequency.Add(0);
            }

            terms[local] = number;
            frequency[number]++;
        }

        return terms;
    }

    private float Averages(AnalysedDocument[] documents)
    {
        foreach (var document in documents)
            for (var field = 0; field < averages.Length; field++) averages[field] += document.Lengths[field];
        for (var field = 0; field < averages.Length; field++) averages[field] = Math.Max(1, averages[field] / Math.Max(1, documents.Length));
        // learned words come and go with tickets; they must not make the guide itself look long
        return averages[..(int)SearchField.Learned].Sum();
    }
}
