using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

/// <summary>A report read once: its words, the phrases of the rules in it, and the systems it names.</summary>
internal sealed class TriageReading
{
    private readonly string text;

    public TriageReading(Report report, CompiledRules rules)
    {
        text = report.AllText;
        Words = [.. PlainWords.Of(text).Select(rules.Respell)];
        Matches = rules.Words.Find(Words);
        Mentions = rules.Mentions(Words);
        Signs = new(this);
    }

    public List<PlainWord> Words { get; }
    public List<PhraseMatch<RuleWord>> Matches { get; }
    public List<PhraseMatch<NamedSystem>> Mentions { get; }

    public OutageSigns Signs { get; }

    public IEnumerable<PhraseMatch<RuleWord>> Of(WordKind kind) => Matches.Where(m => m.Value.Kind == kind);

    /// <summary>Several people are named outright.</summary>
    public bool SaysMany => Of(WordKind.Many).Any(m => (m.First == 0 || !OutageWords.Negations.Contains(Words[m.First - 1].Raw)) && !Of(WordKind.Person).Any(p => p.First <= m.First && p.Last >= m.Last));

    public bool SaysUs => Of(WordKind.Us).Any();

    /// <summary>The others are fine, or it is said to be one person's own trouble.</summary>
    public bool SaysOnlyOne => !SaysMany && Of(WordKind.Person).Any(p => p.Value.Key is "only me" or "just me" || Said(p).StartsWith("other", StringComparison.OrdinalIgnoreCase) || Said(p).StartsWith("colleague", StringComparison.OrdinalIgnoreCase) || Said(p).StartsWith("every", StringComparison.OrdinalIgnoreCase));

    public int Sentence(int word) => Words[word].Sentence;

    /// <summary>The words as the person wrote them.</summary>
    public string Said<T>(PhraseMatch<T> match) => text[Words[match.First].Start..Words[match.Last].End];

    /// <summary>The words from one match to another as the person wrote them, shortened in the middle.</summary>
    public string Said(int first, int last)
    {
        var said = text[Words[first].Start..Words[last].End].ReplaceLineEndings(" ");
        return said.Length <= 80 ? said : string.Concat(said.AsSpan(0, 40).TrimEnd(), " … ", said.AsSpan(said.Length - 36).TrimStart());
    }

    /// <summary>Whether words shortly before take the match back: "not down", "no longer slow".</summary>
    public bool IsTakenBack(PhraseMatch<RuleWord> match)
    {
        for (var i = match.First - 1; i >= 0 && i >= match.First - 3 && Words[i].Part == Words[match.First].Part; i--)
            if (OutageWords.Negations.Contains(Words[i].Raw)) return true;
        return false;
    }
}
