using System.Numerics;

namespace TenantPortal.Domain.Search;

/// <summary>The words of one snapshot by length, to find what a mistyped or compound word may mean.</summary>
internal sealed class Spelling
{
    private const int ShortestCompound = 11;
    private const int ShortestPart = 5;
    private const int ShortestRest = 4;
    private readonly Dictionary<int, List<Entry>> byLength = [];
    private readonly List<string> compounds = [];

    public Spelling(IEnumerable<string> words, Func<string, int> frequency)
    {
        foreach (var word in words)
        {
            var folded = Folding.Fold(word);
            if (folded.AsSpan().ContainsAnyInRange('0', '9')) continue;
            if (!byLength.TryGetValue(folded.Length, out var entries)) byLength[folded.Length] = entries = [];
            entries.Add(new Entry(word, folded, Letters(folded), frequency(word)));
            if (folded.Length >= ShortestCompound) compounds.Add(word);
        }

        compounds.Sort(StringComparer.Ordinal);
    }

    private readonly record struct Entry(string Word, string Folded, uint Letters, int Frequency);

    /// <summary>The nearest words: one edit from four letters on, two from seven; the same first letter counts for a tenth of an edit.</summary>
    public List<(string Word, int Edits)> Near(string typed, int most)
    {
        var folded = Folding.Fold(typed);
        // three letters take a swap only: vnp is VPN, but a changed letter makes another word
        var reach = folded.Length < 3 ? 0 : folded.Length < 7 ? 1 : 2;
        if (reach == 0 || folded.Length > 40) return [];
        var letters = Letters(folded);
        var near = new List<(Entry Entry, int Edits, float Cost)>();
        for (var length = folded.Length - reach; length <= folded.Length + reach; length++)
        {
            if (!byLength.TryGetValue(length, out var entries)) continue;
            foreach (var entry in entries)
            {
                if (BitOperations.PopCount(entry.Letters ^ letters) > 2 * reach || folded.Length == 3 && (entry.Letters != letters || length != 3)) continue;
                var edits = EditDistance.Between(folded, entry.Folded, reach);
                if (edits <= reach) near.Add((entry, edits, edits + (entry.Folded[0] == folded[0] ? 0 : 0.5f)));
            }
        }

        near.Sort(static (left, right) => left.Cost.CompareTo(right.Cost) is var cost and not 0 ? cost
            : right.Entry.Frequency.CompareTo(left.Entry.Frequency) is var order and not 0 ? order : string.CompareOrdinal(left.Entry.Word, right.Entry.Word));
        return [.. near.Take(most).Select(candidate => (candidate.Entry.Word, candidate.Edits))];
    }

    /// <summary>Longer words that have this one as a part: Netzwerkdruckerverbindung for Drucker.</summary>
    public IEnumerable<string> CompoundsWith(string word)
    {
        if (word.Length < ShortestPart) yield break;
        foreach (var compound in compounds)
        {
            if (compound.Length < word.Length + ShortestRest) continue;
            var at = compound.IndexOf(word, StringComparison.Ordinal);
            var rest = compound.Length - at - word.Length;
            if (at >= 0 && (at == 0 || at >= ShortestRest) && (rest <= 2 || rest >= ShortestRest)) yield return compound;
        }
    }

    /// <summary>The two words of the vocabulary that this one is made of, or none; s, es, n and en may join them.</summary>
    public static (string First, string Second)? Parts(string word, Func<string, bool> known)
    {
        for (var cut = word.Length - 3; cut >= 3; cut--)
        {
            if (!known(word[cut..])) continue;
            foreach (var joint in (ReadOnlySpan<string>)["", "s", "es", "n", "en"])
                if (cut - joint.Length >= 3 && word.AsSpan(0, cut).EndsWith(joint) && known(word[..(cut - joint.Length)])) return (word[..(cut - joint.Length)], word[cut..]);
        }

        return null;
    }

    private static uint Letters(string word)
    {
        uint letters = 0;
        foreach (var letter in word) letters |= 1u << (letter & 31);
        return letters;
    }
}
