using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

/// <summary>Reads a long word that no rule knows as the one rule word that is a single slip away: a letter too many, too few, wrong, or two in the wrong order.</summary>
internal sealed class TypoRepair
{
    // a short word is one slip away from too many others
    private const int Shortest = 6;

    private readonly Dictionary<string, PlainWord> known = new(StringComparer.Ordinal);
    private readonly ILookup<(char First, int Length), PlainWord> words;

    public TypoRepair(IEnumerable<string> phrases)
    {
        foreach (var word in phrases.SelectMany(PlainWords.Of))
        {
            known.TryAdd(word.Raw, word);
            known.TryAdd(word.Singular, word);
            known.TryAdd(word.Stem, word);
        }
        words = known.Where(k => k.Key == k.Value.Raw && k.Key.Length >= Shortest).Select(k => k.Value).ToLookup(w => (w.Raw[0], w.Raw.Length));
    }

    public PlainWord Repair(PlainWord word)
    {
        if (word.Raw.Length < Shortest || known.ContainsKey(word.Raw) || known.ContainsKey(word.Singular) || known.ContainsKey(word.Stem) || !word.Raw.All(char.IsLetter)) return word;
        PlainWord? meant = null;
        for (var length = word.Raw.Length - 1; length <= word.Raw.Length + 1; length++)
            foreach (var candidate in words[(word.Raw[0], length)])
            {
                if (!IsOneSlip(word.Raw, candidate.Raw)) continue;
                if (meant is not null && meant.Stem != candidate.Stem) return word;
                meant = candidate;
            }
        return meant is null ? word : word with { Raw = meant.Raw, Singular = meant.Singular, Stem = meant.Stem };
    }

    private static bool IsOneSlip(string written, string meant)
    {
        var (longer, shorter) = written.Length >= meant.Length ? (written, meant) : (meant, written);
        var at = 0;
        while (at < shorter.Length && longer[at] == shorter[at]) at++;
        if (longer.Length > shorter.Length) return longer.AsSpan(at + 1).SequenceEqual(shorter.AsSpan(at));
        if (at == shorter.Length) return true;
        if (longer.AsSpan(at + 1).SequenceEqual(shorter.AsSpan(at + 1))) return true;
        return at + 1 < longer.Length && longer[at] == shorter[at + 1] && longer[at + 1] == shorter[at] && longer.AsSpan(at + 2).SequenceEqual(shorter.AsSpan(at + 2));
    }
}
