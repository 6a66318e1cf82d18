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
        Words = PlainWords.Of(text);
        Matches = rules.Words.Find(Words);
        Mentions = rules.Mentions(Words);
    }

    public List<PlainWord> Words { get; }
    public List<PhraseMatch<RuleWord>> Matches { get; }
    public List<PhraseMatch<NamedSystem>> Mentions { get; }

    public IEnumerable<PhraseMatch<RuleWord>> Of(WordKind kind) => Matches.Where(m => m.Value.Kind == kind);

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
