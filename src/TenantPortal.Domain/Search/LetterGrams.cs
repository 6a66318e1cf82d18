using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>Which documents have the query's stretches of four letters: what near spellings, endings and parts of words share when no list knows them.</summary>
internal sealed class LetterGrams
{
    private const int Letters = 4;
    private const int LongestWord = 40;

    // a document number is kept in two bytes where that is enough
    private readonly ushort[] narrow = [];
    private readonly int[] wide = [];
    private readonly Dictionary<uint, int> numbers;
    private readonly int[] starts;
    private readonly float[] worth;
    private readonly int[] lengths;
    private readonly float[] shareOf;

    /// <param name="before">What was known of the documents that stayed, so that a publish costs what it changes.</param>
    /// <param name="places">For each document its number before, or -1.</param>
    public LetterGrams(InvertedIndex index, AnalysedDocument[] library, int[][] termsOf, LetterGrams? before = null, int[]? places = null)
    {
        numbers = before is null ? [] : new(before.numbers);
        var documents = termsOf.Length;
        lengths = new int[documents];
        var grams = new List<int>(before is null ? documents * 64 : 1024);
        var ends = new int[documents];
        CollectGrams(index, library, termsOf, places, grams, ends);
        numbers.TrimExcess();
        var moved = before is null ? [] : Moved(before, places!);
        var frequencies = new int[numbers.Count];
        foreach (var gram in grams) frequencies[gram]++;
        for (var gram = 0; before is not null && gram < before.worth.Length; gram++)
            for (var at = before.starts[gram]; at < before.starts[gram + 1]; at++)
                if (moved[before.At(at)] >= 0) frequencies[gram]++;
        shareOf = Shares(lengths);
        worth = Worth(frequencies, documents);
        // a gram left out before stays so until all are counted again: where it stood is not known
        for (var gram = 0; before is not null && gram < before.worth.Length; gram++)
            if (before.worth[gram] <= 0) worth[gram] = 0;
        starts = new int[numbers.Count + 1];
        for (var gram = 0; gram < numbers.Count; gram++) starts[gram + 1] = starts[gram] + (worth[gram] > 0 ? frequencies[gram] : 0);
        var isNarrow = documents <= ushort.MaxValue;
        if (isNarrow) narrow = new ushort[starts[^1]];
        else wide = new int[starts[^1]];
        var next = starts.AsSpan(0, numbers.Count).ToArray();
        for (var gram = 0; before is not null && gram < before.worth.Length; gram++)
            for (var at = before.starts[gram]; at < before.starts[gram + 1]; at++)
                if (moved[before.At(at)] is >= 0 and var document) Put(gram, document, next);
        for (int document = 0, at = 0; document < documents; document++)
            for (; at < ends[document]; at++) Put(grams[at], document, next);
    }

    /// <summary>What a document's sum of shared grams counts: less for one that has many, as in BM25 of mere presence.</summary>
    public ReadOnlySpan<float> ShareOf => shareOf;

    /// <summary>The grams of a word that tell documents apart.</summary>
    public int[] Of(string word)
    {
        Span<uint> keys = stackalloc uint[LongestWord + 2];
        var known = new List<int>(LongestWord);
        foreach (var key in keys[..Keys(Folding.Fold(word), keys)])
            if (numbers.TryGetValue(key, out var gram) && worth[gram] > 0 && !known.Contains(gram)) known.Add(gram);
        return [.. known];
    }

    /// <summary>Adds the gram's worth to every document that has it.</summary>
    public void AddTo(Span<float> sums, int gram)
    {
        var value = worth[gram];
        var (first, end) = (starts[gram], starts[gram + 1]);
        if (wide.Length == 0)
            foreach (var document in narrow.AsSpan(first, end - first)) sums[document] += value;
        else
            foreach (var document in wide.AsSpan(first, end - first)) sums[document] += value;
    }

    public int Count => numbers.Count;

    public long Bytes => 2L * narrow.Length + 4L * (wide.Length + starts.Length + worth.Length + lengths.Length + shareOf.Length) + 20L * numbers.Count;

    private int At(int place) => wide.Length == 0 ? narrow[place] : wide[place];

    private void Put(int gram, int document, int[] next)
    {
        if (worth[gram] <= 0) return;
        var place = next[gram]++;
        if (wide.Length == 0) narrow[place] = (ushort)document;
        else wide[place] = document;
    }

    /// <summary>For each document before its number now, or -1; the lengths of those that stayed come along.</summary>
    private int[] Moved(LetterGrams before, int[] places)
    {
        var moved = new int[before.lengths.Length];
        Array.Fill(moved, -1);
        for (var document = 0; document < places.Length; document++)
        {
            if (places[document] < 0) continue;
            moved[places[document]] = document;
            lengths[document] = before.lengths[places[document]];
        }

        return moved;
    }

    private void CollectGrams(InvertedIndex index, AnalysedDocument[] library, int[][] termsOf, int[]? places, List<int> grams, int[] ends)
    {
        var ofTerm = new int[index.Vocabulary][];
        var last = new List<int>(numbers.Count);
        CollectionsMarshal.SetCount(last, numbers.Count);
        CollectionsMarshal.AsSpan(last).Fill(-1);
        for (var document = 0; document < termsOf.Length; document++)
        {
            if (places is null || places[document] < 0) Collect(index, library[document], termsOf[document], document, ofTerm, last, grams);
            ends[document] = grams.Count;
        }
    }

    private void Collect(InvertedIndex index, AnalysedDocument read, int[] terms, int document, int[][] ofTerm, List<int> last, List<int> grams)
    {
        var before = grams.Count;
        for (var local = 0; local < terms.Length; local++)
        {
            // learned words are met as words or not at all: likeness to hearsay says nothing
            if (!Packed.IsShown(read.Frequencies[local])) continue;
            foreach (var gram in ofTerm[terms[local]] ??= Number(index.Text(terms[local]), last))
            {
                if (last[gram] == document) continue;
                last[gram] = document;
                grams.Add(gram);
            }
        }

        lengths[document] = grams.Count - before;
    }

    private int[] Number(string term, List<int> last)
    {
        if (!Term.IsWord(term) || WordLists.Stop.Contains(term)) return [];
        Span<uint> keys = stackalloc uint[LongestWord + 2];
        keys = keys[..Keys(Folding.Fold(term), keys)];
        var found = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, keys[i], out var known);
            if (!known)
            {
                number = last.Count;
                last.Add(-1);
            }

            found[i] = number;
        }

        return found;
    }

    /// <summary>Rarity of each gram; nothing for one that is everywhere.</summary>
    private static float[] Worth(int[] frequencies, int documents)
    {
        var values = new float[frequencies.Length];
        var most = Math.Clamp(documents * Weights.EverydayGram, Weights.FewDocuments, Weights.ManyDocuments);
        for (var gram = 0; gram < values.Length; gram++)
            if (frequencies[gram] > 0 && frequencies[gram] <= most) values[gram] = MathF.Log(1 + (documents - frequencies[gram] + 0.5f) / (frequencies[gram] + 0.5f));
        return values;
    }

    private static float[] Shares(int[] lengths)
    {
        var average = Math.Max(1, lengths.Length == 0 ? 1 : (float)lengths.Average());
        return Array.ConvertAll(lengths, length => 1 / (1 + Weights.SaturationOnTop * (1 - Weights.LengthNormalisation + Weights.LengthNormalisation * length / average)));
    }

    /// <summary>A word between its ends in stretches of four letters, each as one number; a word of up to two letters is one stretch.</summary>
    private static int Keys(ReadOnlySpan<char> word, Span<uint> keys)
    {
        if (word.Length > LongestWord) word = word[..LongestWord];
        var count = Math.Max(1, word.Length + 2 - Letters + 1);
        ulong key = 0;
        for (var at = 0; at < word.Length + 2; at++)
        {
            key = key << 16 | (at == 0 || at == word.Length + 1 ? '_' : word[at - 1]);
            if (at >= Letters - 1) keys[at - Letters + 1] = Mixed(key);
        }

        if (word.Length + 2 < Letters) keys[0] = Mixed(key);
        return count;
    }

    /// <summary>Four letters in half the room; the few that fall together are counted as one, which changes no order.</summary>
    private static uint Mixed(ulong key) => (uint)(key * 0x9E3779B97F4A7C15UL >> 32);
}
