using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>For each term the documents that have it, with the term's score in each worked out beforehand.</summary>
internal sealed class InvertedIndex
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] starts;
    private readonly int[] found;
    private readonly float[] impacts;
    private readonly int count;
    private readonly float averageLength;
    private readonly float[] averages = new float[AnalysedDocument.Fields];
    private readonly Lazy<string[]> sorted;
    private readonly Lazy<Spelling> spelling;

    public InvertedIndex(AnalysedDocument[] documents, int[][] termsOf)
    {
        count = documents.Length;
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

        sorted = new(() => [.. numbers.Keys.Where(term => term[0] != Term.StemSign).Order(StringComparer.Ordinal)]);
        spelling = new(() => new Spelling(numbers.Keys.Where(Term.IsWord), word => Frequency(numbers[word])));
    }

    public Spelling Spelling => spelling.Value;

    public float RarestIdf => Idf(0);

    public int Find(string term) => numbers.TryGetValue(term, out var number) ? number : -1;

    public int Frequency(int term) => starts[term + 1] - starts[term];

    public float IdfOf(int term) => Idf(Frequency(term));

    public ReadOnlySpan<int> Documents(int term) => found.AsSpan(starts[term], Frequency(term));

    public ReadOnlySpan<float> Impacts(int term) => impacts.AsSpan(starts[term], Frequency(term));

    public bool Has(int term, int document) => Documents(term).BinarySearch(document) >= 0;

    public LengthScale Scale(AnalysedDocument document) => new(document.Lengths, averages, averageLength);

    /// <summary>Rarity after Robertson and Spärck Jones, kept above zero as in Lucene.</summary>
    public float Idf(int frequency) => MathF.Log(1 + (count - frequency + 0.5f) / (frequency + 0.5f));

    /// <summary>Words and identifiers that begin so, the most frequent first.</summary>
    public List<string> Beginning(string prefix, int most)
    {
        var all = sorted.Value;
        var at = Array.BinarySearch(all, prefix, StringComparer.Ordinal);
        if (at < 0) at = ~at;
        var beginning = new List<string>();
        for (; at < all.Length && all[at].StartsWith(prefix, StringComparison.Ordinal); at++) beginning.Add(all[at]);
        if (beginning.Count > most)
            beginning.Sort((left, right) => Frequency(numbers[right]).CompareTo(Frequency(numbers[left])) is var order and not 0 ? order : string.CompareOrdinal(left, right));
        return beginning.Count > most ? beginning[..most] : beginning;
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
