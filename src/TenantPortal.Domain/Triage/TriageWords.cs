using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

public enum WordKind { Strong, Word, Against, Urgent, Mild, Risk, Down, Service, Unable, Slow, Well, Recovered, Person, Many, Us, Thing }

/// <summary>What a phrase of the rules says: for or against a category, or something about the whole report.</summary>
/// <param name="Key">The same for phrases that differ only in their ending, so that a word counts once.</param>
public sealed record RuleWord(WordKind Kind, int Category, RiskTags Risk, string Key);

/// <summary>The words of a set of rules, made ready once; clients with the same rules may share it.</summary>
public sealed class TriageWords
{
    private readonly PhraseBook<RuleWord> book = new();
    private readonly List<string> vocabulary = [];

    public TriageWords(TriageRules rules)
    {
        Rules = rules;
        for (var i = 0; i < rules.Categories.Count; i++)
        {
            Add(rules.Categories[i].Strong, WordKind.Strong, i);
            Add(rules.Categories[i].Words, WordKind.Word, i);
            Add(rules.Categories[i].Against, WordKind.Against, i);
        }
        Add(rules.UrgentWords, WordKind.Urgent);
        Add(rules.MildWords, WordKind.Mild);
        foreach (var risk in rules.RiskTags) Add(risk.Words, WordKind.Risk, -1, risk.Tag);
        Add(OutageWords.Down, WordKind.Down);
        Add(OutageWords.Service, WordKind.Service);
        Add(OutageWords.Unable, WordKind.Unable);
        Add(OutageWords.Slow, WordKind.Slow);
        Add(OutageWords.Well, WordKind.Well);
        Add(OutageWords.Recovered, WordKind.Recovered);
        Add(OutageWords.Person, WordKind.Person);
        Add(OutageWords.Many, WordKind.Many);
        Add(OutageWords.Us, WordKind.Us);
        Add(OutageWords.Things, WordKind.Thing);
    }

    public TriageRules Rules { get; }

    /// <summary>Every phrase of these rules.</summary>
    public IReadOnlyCollection<string> Vocabulary => vocabulary;

    public List<PhraseMatch<RuleWord>> Find(IReadOnlyList<PlainWord> text) => book.Find(text);

    public CategoryRule? Category(string id) => Rules.Categories.FirstOrDefault(c => c.Id == id);

    private void Add(IReadOnlyCollection<string> phrases, WordKind kind, int category = -1, RiskTags risk = RiskTags.None)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        vocabulary.AddRange(phrases);
        foreach (var phrase in phrases)
            if (PlainWords.Key(phrase) is { Length: > 0 } key && seen.Add(key)) book.Add(phrase, new(kind, category, risk, key));
    }
}
