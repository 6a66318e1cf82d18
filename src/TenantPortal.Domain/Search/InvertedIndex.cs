using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>For each term the documents that have it, with the term's score in each worked out beforehand.</summary>
internal sealed class InvertedIndex
{
    // a stem is a word of at most 64 letters, twice as long where each is spelled in two
    private const int LongestKey = 130;
    private readonly Dictionary<string, int> numbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byLetters;

    // grows only while the index is made; a term may have lost its last document to a withdrawal
    private readonly List<string> texts;
    private readonly int[] starts;
    private readonly int[] found;
    private readonly float[] impacts;

    // learned words rank and are never shown, so nothing is repaired to one or completed with it
    private readonly bool[] isShown;

    // of what the guides themselves say: many tickets about one thing do not make its words common
    private readonly float[] rarity;
    private readonly int count;
    private readonly float averageLength;
    private readonly float[] averages = new float[AnalysedDocument.Fields];
    private readonly Lazy<(string Text, int Term)[]> sorted;
    private readonly Lazy<Spelling> spelling;
    private readonly Lazy<WordEnds> ends;

    /// <param name="termsOf">Null for each document whose terms are not numbered yet.</param>
    /// <param name="before">The index whose vocabulary goes on, so that a publish costs what it changes.</param>
    public InvertedIndex(AnalysedDocument[] documents, int[]?[] termsOf, InvertedIndex? before = null)
    {
        count = documents.Length;
        numbers = before is null ? new(StringComparer.Ordinal) : new(before.numbers, StringComparer.Ordinal);
        texts = before is null ? [] : [.. before.texts];
        byLetters = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var postings = 0;
        var numbered = new Dictionary<List<string>, int[]>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < documents.Length; i++)
        {
            postings += documents[i].Keys.Length;
            termsOf[i] ??= Number(documents[i], numbered);
        }

        averageLength = Averages(documents);
        starts = new int[texts.Count + 1];
        var shown = new int[texts.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            var (terms, frequencies) = (termsOf[i]!, documents[i].Frequencies);
            for (var local = 0; local < terms.Length; local++)
            {
                starts[terms[local] + 1]++;
                if (Packed.IsShown(frequencies[local])) shown[terms[local]]++;
            }
        }

        rarity = new float[texts.Count];
        isShown = new bool[texts.Count];
        for (var term = 0; term < texts.Count; term++)
        {
            isShown[term] = shown[term] > 0;
            rarity[term] = Idf(isShown[term] ? shown[term] : starts[term + 1]);
            starts[term + 1] += starts[term];
        }

        found = new int[postings];
        impacts = new float[postings];
        var next = starts.AsSpan(0, texts.Count).ToArray();
        for (var i = 0; i < documents.Length; i++)
        {
            var scale = new LengthScale(documents[i].Lengths, averages, averageLength);
            var terms = termsOf[i]!;
            var frequencies = documents[i].Frequencies;
            // most terms stand in the body, once
            var mere = scale.Of(Packed.One(SearchField.Body));
            for (var local = 0; local < terms.Length; local++)
            {
                var at = next[terms[local]]++;
                found[at] = i;
                impacts[at] = rarity[terms[local]] * (frequencies[local] == Packed.One(SearchField.Body) ? mere : scale.Of(frequencies[local]));
            }
        }

        // where no word was lost, what was made of the vocabulary before goes on with the words that are new
        var (known, isWhole) = before is null ? (0, false) : (before.texts.Count, documents.Length > Weights.TrainedAtOnce && !ShowsOthers(before));
        var knownSpelling = isWhole && before!.spelling.IsValueCreated ? before.Spelling : null;
        var knownOrder = isWhole && before!.sorted.IsValueCreated ? before.sorted.Value : null;
        sorted = new(() => knownOrder is null ? InOrder(0) : Merged(knownOrder, InOrder(known)));
        var knownEnds = before is { ends.IsValueCreated: true } && before.ends.Value.HasRoomFor(texts.Count) ? before.ends.Value : null;
        ends = new(() => new WordEnds(knownEnds, texts.Count, Words(knownEnds is null ? 0 : known).Select(word => word.Word)));
        spelling = new(() => knownSpelling is null ? new Spelling(null, Words(0)) : new Spelling(knownSpelling, Words(known)));
    }

    public Spelling Spelling => spelling.Value;

    /// <summary>What it takes of memory, with about 22 bytes around each text.</summary>
    public long Bytes => 4L * (starts.Length + found.Length + impacts.Length + rarity.Length) + isShown.Length + texts.Sum(text => 2L * text.Length + 22 + 8 + 24);

    public float RarestIdf => Idf(0);

    /// <summary>A word that nobody wrote is as telling as one that stands in a single document, not more.</summary>
    public float IdfOfUnknown => Idf(1);

    /// <summary>How many terms are numbered, whether or not a document still has them.</summary>
    public int Vocabulary => texts.Count;

    public int Find(string term) => numbers.TryGetValue(term, out var number) && Frequency(number) > 0 ? number : -1;

    public int Find(ReadOnlySpan<char> term) => byLetters.TryGetValue(term, out var number) && Frequency(number) > 0 ? number : -1;

    /// <summary>A stem that some documents share and not most: what a subject is made of.</summary>
    public bool IsTelling(int term) => texts[term][0] == Term.StemSign && Frequency(term) >= 2 && Frequency(term) <= count / 2;

    public IEnumerable<int> TellingTerms() => Enumerable.Range(0, texts.Count).Where(IsTelling);

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

    /// <summary>A term with its kind as first character, see <see cref="Term"/>.</summary>
    public string Text(int term) => texts[term];

    /// <summary>The word that two words are when written as one; null where no document has it.</summary>
    public string? Joined(string first, string second)
    {
        if (first.Length < 2 || second.Length < 2 || !ends.Value.MayHave(first, second)) return null;
        Span<char> joined = stackalloc char[first.Length + second.Length];
        first.CopyTo(joined);
        second.CopyTo(joined[first.Length..]);
        return Find(joined) is >= 0 and var term && !WordLists.IsStop(joined) ? texts[term] : null;
    }

    public int Frequency(int term) => starts[term + 1] - starts[term];

    public float IdfOf(int term) => rarity[term];

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

    /// <summary>Whether a word of before is shown no longer, or one that was only learned is shown now.</summary>
    private bool ShowsOthers(InvertedIndex before) => !isShown.AsSpan(0, before.texts.Count).SequenceEqual(before.isShown);

    private IEnumerable<(string Word, int Frequency)> Words(int from) =>
        Enumerable.Range(from, texts.Count - from).Where(term => isShown[term] && Term.IsWord(texts[term])).Select(term => (texts[term], Frequency(term)));

    private (string Text, int Term)[] InOrder(int from)
    {
        var terms = Enumerable.Range(from, texts.Count - from).Where(term => isShown[term] && texts[term][0] != Term.StemSign).Select(term => (texts[term], term)).ToArray();
        Array.Sort(terms, static (left, right) => string.CompareOrdinal(left.Item1, right.Item1));
        return terms;
    }

    private static (string Text, int Term)[] Merged((string Text, int Term)[] left, (string Text, int Term)[] right)
    {
        var merged = new (string Text, int Term)[left.Length + right.Length];
        for (int at = 0, first = 0, second = 0; at < merged.Length; at++)
            merged[at] = second == right.Length || first < left.Length && string.CompareOrdinal(left[first].Text, right[second].Text) <= 0 ? left[first++] : right[second++];
        return merged;
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

    /// <param name="document">Whose terms are numbered.</param>
    /// <param name="numbered">For the texts of each row of documents one above their numbers here, or 0.</param>
    private int[] Number(AnalysedDocument document, Dictionary<List<string>, int[]> numbered)
    {
        if (!numbered.TryGetValue(document.Texts, out var known)) numbered[document.Texts] = known = new int[document.Texts.Count];
        var keys = document.Keys;
        var terms = new int[keys.Length];
        for (var local = 0; local < terms.Length; local++)
        {
            ref var number = ref known[keys[local]];
            if (number == 0) number = 1 + Number(document.Texts, keys[local]);
            terms[local] = number - 1;
        }

        return terms;
    }

    private int Number(List<string> others, int key)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, others[key], out var known);
        if (!known)
        {
            number = texts.Count;
            texts.Add(others[key]);
        }

        // one text a term is kept, not one for each row of documents
        others[key] = texts[number];
        return number;
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
