using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

/// <summary>A system of the client that the report is about, and whether it is said to be down or slow.</summary>
internal sealed record Outage(NamedSystem System, bool Confirmed, int FirstWord, bool IsDown, bool IsSlow, string Said)
{
    // "POS training video": so near to the system's name a mild word says what the report is about
    private const int Beside = 4;
    // a pasted log may name a system a thousand times; the first mentions say what the report is about
    private const int MostMentions = 30;

    /// <summary>The systems the report is about, the confirmed one first, then in the order of the text. A request about a system (a training video) is left out.</summary>
    public static IReadOnlyList<Outage> Find(Report report, TriageReading reading, CompiledRules rules)
    {
        var found = new List<Outage>();
        var confirmed = rules.System(report.AffectedSystem);
        if (confirmed is not null && Confirm(confirmed, report, reading) is { } sure) found.Add(sure);
        foreach (var mention in reading.Mentions.Take(MostMentions))
        {
            var known = found.FindIndex(o => o.System.Id == mention.Value.Id);
            if ((known >= 0 && found[known].IsDown) || IsMild(mention, reading)) continue;
            var (down, slow, said) = Condition(mention, report, reading);
            if (known < 0) found.Add(new(mention.Value, false, mention.First, down, slow, said));
            else if (!found[known].IsDown && (down || (slow && !found[known].IsSlow))) found[known] = found[known] with { IsDown = down, IsSlow = slow, Said = said };
        }
        return found;
    }

    private static Outage? Confirm(NamedSystem system, Report report, TriageReading reading)
    {
        List<PhraseMatch<NamedSystem>> mentions = [.. reading.Mentions.Where(m => m.Value.Id == system.Id)];
        if (mentions.Count > 0 ? mentions.All(m => IsMild(m, reading)) : reading.Of(WordKind.Mild).Any() && !reading.Of(WordKind.Urgent).Any()) return null;
        var words = reading.Matches.Where(m => m.Value.Kind is WordKind.Down or WordKind.Slow && !reading.IsTakenBack(m)).ToList();
        var down = words.Any(m => m.Value.Kind == WordKind.Down) || report.Urgency == Urgency.Stopped;
        var slow = words.Any(m => m.Value.Kind == WordKind.Slow) || report.Urgency == Urgency.Slowed;
        var said = words.Count == 0 ? system.Name : mentions.Count == 0 ? $"{system.Name}: {reading.Said(words[0])}" : Between(mentions[0], words[0], reading);
        return new(system, true, mentions.Count > 0 ? mentions[0].First : 0, down, slow, said);
    }

    // the condition stands in the sentence that names the system, or in the next one
    private static (bool Down, bool Slow, string Said) Condition(PhraseMatch<NamedSystem> mention, Report report, TriageReading reading)
    {
        var sentence = reading.Sentence(mention.First);
        List<PhraseMatch<RuleWord>> near = [.. reading.Matches.Where(m => m.Value.Kind is WordKind.Down or WordKind.Slow && reading.Sentence(m.First) - sentence is >= 0 and <= 1 && !reading.IsTakenBack(m))];
        var down = near.Any(m => m.Value.Kind == WordKind.Down) || report.Urgency == Urgency.Stopped;
        var slow = near.Any(m => m.Value.Kind == WordKind.Slow) || report.Urgency == Urgency.Slowed;
        return (down, slow, near.Count == 0 ? reading.Said(mention) : Between(mention, near.FirstOrDefault(m => reading.Sentence(m.First) == sentence, near[0]), reading));
    }

    private static string Between(PhraseMatch<NamedSystem> mention, PhraseMatch<RuleWord> word, TriageReading reading) =>
        reading.Said(Math.Min(mention.First, word.First), Math.Max(mention.Last, word.Last));

    private static bool IsMild(PhraseMatch<NamedSystem> mention, TriageReading reading)
    {
        var place = reading.Words[mention.First];
        var urgent = reading.Of(WordKind.Urgent).Any(u => reading.Sentence(u.First) == place.Sentence && !reading.IsTakenBack(u));
        return reading.Of(WordKind.Mild).Any(mild => IsBeside(mild, mention, reading) || (!urgent && reading.Sentence(mild.First) == place.Sentence));
    }

    private static bool IsBeside(PhraseMatch<RuleWord> mild, PhraseMatch<NamedSystem> mention, TriageReading reading) =>
        reading.Words[mild.First].Part == reading.Words[mention.First].Part
        && (mild.First > mention.Last ? mild.First - mention.Last : mention.First - mild.Last) <= Beside;
}
