using System.Numerics;
using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>The words of one snapshot by length, to find what a mistyped or compound word may mean.</summary>
internal sealed class Spelling
{
    private const int ShortestCompound = 11;
    private const int ShortestPart = 5;
    private const int ShortestRest = 4;
    private const int ShortestKnown = 3;
    private const int LongestTyped = 40;
    private const ulong EachOnce = uint.MaxValue;
    private readonly Dictionary<int, WordsOfLength> byLength = [];

    // in one text and parted by line ends, so that one pass finds every compound with a word in it
    private readonly string compounds;

    /// <param name="before">The words that are known already; they are looked through first.</param>
    /// <param name="words">The words to add.</param>
    public Spelling(Spelling? before, IEnumerable<(string Word, int Frequency)> words)
    {
        var parts = new List<string>();
        var own = new HashSet<int>();
        foreach (var (length, known) in before?.byLength ?? []) byLength[length] = known;
        foreach (var (word, frequency) in words)
        {
            var folded = Folding.Fold(word);
            if (folded.AsSpan().ContainsAnyInRange('0', '9')) continue;
            if (own.Add(folded.Length)) byLength[folded.Length] = new WordsOfLength(byLength.GetValueOrDefault(folded.Length));
            var sameLength = byLength[folded.Length];
            sameLength.Entries.Add(new Entry(word, folded, frequency));
            sameLength.Letters.Add(Letters(folded));
            if (folded.Length >= ShortestCompound) parts.Add(word);
        }

        parts.Sort(StringComparer.Ordinal);
        compounds = before is null ? string.Join('\n', parts) : string.Join('\n', [before.compounds, .. parts]);
    }

    private readonly record struct Entry(string Word, string Folded, int Frequency);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(Entry Entry, int Edits, float Cost);

    private sealed class WordsOfLength(WordsOfLength? before)
    {
        public List<Entry> Entries { get; } = before is null ? [] : [.. before.Entries];

        public List<ulong> Letters { get; } = before is null ? [] : [.. before.Letters];
    }

    /// <summary>The nearest words: one edit from four letters on, two from seven; the same first letter counts for a tenth of an edit.</summary>
    public IEnumerable<(string Word, int Edits)> Near(string typed, int most)
    {
        var folded = Folding.Fold(typed);
        // three letters take a swap only: vnp is VPN, but a changed letter makes another word
        var reach = folded.Length < 3 ? 0 : folded.Length < 7 ? 1 : 2;
        if (reach == 0 || folded.Length > LongestTyped) return [];
        var near = new List<Candidate>();
        if (folded.Length == 3) AddNear(folded, 3, reach, EachOnce, 0, near);
        else
            for (var length = folded.Length - reach; length <= folded.Length + reach; length++)
                AddNear(folded, length, reach, ulong.MaxValue, 2 * reach - Math.Abs(folded.Length - length), near);
        near.Sort(static (left, right) => left.Cost.CompareTo(right.Cost) is var cost and not 0 ? cost
            : right.Entry.Frequency.CompareTo(left.Entry.Frequency) is var order and not 0 ? order : string.CompareOrdinal(left.Entry.Word, right.Entry.Word));
        return near.Take(most).Select(candidate => (candidate.Entry.Word, candidate.Edits));
    }

    /// <summary>Longer words that have this one as a part: Netzwerkdruckerverbindung for Drucker; at most so many.</summary>
    public List<string> CompoundsWith(string word, int most)
    {
        var found = new List<string>();
        if (word.Length < ShortestPart) return found;
        for (var at = compounds.IndexOf(word, StringComparison.Ordinal); at >= 0 && found.Count < most;)
        {
            var start = compounds.LastIndexOf('\n', at) + 1;
            var end = compounds.IndexOf('\n', at);
            if (end < 0) end = compounds.Length;
            var before = at - start;
            var rest = end - at - word.Length;
            if (before + rest >= ShortestRest && before is 0 or >= ShortestRest && rest is <= 2 or >= ShortestRest) found.Add(compounds[start..end]);
            at = compounds.IndexOf(word, end, StringComparison.Ordinal);
        }

        return found;
    }

    /// <summary>The two words of the vocabulary that this one is made of, or none; s, es, n and en may join them.</summary>
    public static (string First, string Second)? Parts(string word, InvertedIndex index)
    {
        for (var cut = word.Length - ShortestKnown; cut >= ShortestKnown; cut--)
        {
            if (!IsPart(word.AsSpan(cut), index)) continue;
            foreach (var joint in (ReadOnlySpan<string>)["", "s", "es", "n", "en"])
            {
                var end = cut - joint.Length;
                if (end >= ShortestKnown && word.AsSpan(0, cut).EndsWith(joint) && IsPart(word.AsSpan(0, end), index)) return (word[..end], word[cut..]);
            }
        }

        return null;
    }

    private static bool IsPart(ReadOnlySpan<char> part, InvertedIndex index) => index.Find(part) >= 0 && !WordLists.IsStop(part);

    /// <summary>Adds the words of one length within reach; their letters may differ in so many of the compared bits.</summary>
    private void AddNear(string folded, int length, int reach, ulong compared, int changed, List<Candidate> near)
    {
        if (!byLength.TryGetValue(length, out var words)) return;
        var letters = Letters(folded);
        var others = CollectionsMarshal.AsSpan(words.Letters);
        for (var i = 0; i < others.Length; i++)
        {
            if (BitOperations.PopCount((others[i] ^ letters) & compared) > changed) continue;
            var entry = words.Entries[i];
            var edits = EditDistance.Between(folded, entry.Folded, reach);
            if (edits <= reach) near.Add(new Candidate(entry, edits, edits + (entry.Folded[0] == folded[0] ? 0 : 0.5f)));
        }
    }

    /// <summary>Which letters a word has, and in the upper half which it has more than once: an added letter changes one of the bits, a changed letter two, a swap none.</summary>
    private static ulong Letters(string word)
    {
        ulong once = 0, again = 0;
        foreach (var letter in word)
        {
            var bit = 1UL << (letter & 31);
            again |= once & bit;
            once |= bit;
        }

        return once | again << 32;
    }
}
