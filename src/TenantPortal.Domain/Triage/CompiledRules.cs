using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

/// <summary>All that decides a verdict of one client, made ready once: rule words, systems by their everyday names, contract clauses.</summary>
public sealed class CompiledRules
{
    private readonly PhraseBook<NamedSystem> names = new(asNames: true);
    private readonly PhraseBook<string> otherThings = new();
    private readonly TypoRepair typos;
    private readonly IReadOnlyDictionary<string, string> callees;

    /// <param name="words">The rule words of this client's rules.</param>
    /// <param name="systems">The client's systems.</param>
    /// <param name="contract">The contract in force, if there is one.</param>
    /// <param name="clauses">Its clauses.</param>
    /// <param name="callees">Whom a clause's path means: key or role, and how it is said in a sentence.</param>
    public CompiledRules(TriageWords words, IReadOnlyList<NamedSystem> systems, Contract? contract, IReadOnlyList<Clause> clauses, IReadOnlyDictionary<string, string>? callees = null)
    {
        Words = words;
        Systems = systems;
        Clauses = clauses;
        this.callees = callees ?? new Dictionary<string, string>();
        foreach (var system in systems)
            foreach (var name in system.Everyday.Append(system.Name).Distinct(StringComparer.OrdinalIgnoreCase)) names.Add(name, system);
        foreach (var phrase in PhrasesOfOtherThings()) otherThings.Add(phrase, phrase);
        typos = new(words.Vocabulary.Concat(systems.SelectMany(s => s.Everyday.Append(s.Name))));
        var terms = contract is null ? "no contract" : $"contract {contract.Name} {contract.Version}";
        Version = $"categories {words.Rules.CategoriesVersion}, matrix {words.Rules.MatrixVersion}, {terms}, clauses {string.Join('+', clauses.Select(c => c.Version))}, outage words {OutageWords.Version}";
    }

    /// <summary>The same client with other clauses.</summary>
    public CompiledRules With(IReadOnlyList<Clause> clauses) => new(Words, Systems, null, clauses, callees);

    /// <summary>The same client with other words.</summary>
    public CompiledRules With(TriageWords words) => new(words, Systems, null, Clauses, callees);

    /// <summary>Whether both find the same words and systems in a text.</summary>
    internal bool ReadsAs(CompiledRules other) => ReferenceEquals(Words, other.Words) && ReferenceEquals(Systems, other.Systems);

    public TriageWords Words { get; }
    public TriageRules Rules => Words.Rules;
    public IReadOnlyList<NamedSystem> Systems { get; }
    public IReadOnlyList<Clause> Clauses { get; }
    public string Version { get; }

    /// <summary>The system a name or reference means exactly, as a form confirms it.</summary>
    public NamedSystem? System(string? name) => string.IsNullOrWhiteSpace(name) ? null : Systems.FirstOrDefault(s => Means(s, name.Trim()));

    /// <summary>Where the text names a system; "business cards" is not the cards that people pay with.</summary>
    public List<PhraseMatch<NamedSystem>> Mentions(IReadOnlyList<PlainWord> text)
    {
        var mentions = names.Find(text);
        if (mentions.Count == 0) return mentions;
        var others = otherThings.Find(text);
        mentions.RemoveAll(m => others.Any(o => o.First <= m.First && o.Last >= m.Last));
        return mentions;
    }

    /// <summary>The word that was meant, where a long word is one slip away from a single word of the rules.</summary>
    public PlainWord Respell(PlainWord word) => typos.Repair(word);

    public string? Callee(string? path) => path is null ? null : callees.GetValueOrDefault(path, path);

    private static bool Means(NamedSystem system, string name) =>
        system.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || system.ExternalRef.Equals(name, StringComparison.OrdinalIgnoreCase) || system.Everyday.Contains(name, StringComparer.OrdinalIgnoreCase);

    // a phrase that speaks against a category names something else than that category's own words do: "business card" against "card"
    private IEnumerable<string> PhrasesOfOtherThings()
    {
        foreach (var category in Rules.Categories)
        {
            var own = category.Words.Select(PlainWords.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var phrase in category.Against)
                if (names.Find(PlainWords.Of(phrase)).Any(m => own.Contains(PlainWords.Key(m.Phrase)))) yield return phrase;
        }
    }
}
