using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>What a report is, how urgent its client's contract makes it, and why. Pure: the same report, rules and history always give the same verdict.</summary>
public static class TriageVerdict
{
    public static Verdict For(Report report, CompiledRules rules, RecentHistory history) => For(report, new(report, rules), rules, history);

    /// <param name="reading">Of this report, by rules with the same words and systems.</param>
    internal static Verdict For(Report report, TriageReading reading, CompiledRules rules, RecentHistory history)
    {
        var category = CategoryChoice.Of(report, reading, rules.Words);
        var outages = Outage.Find(report, reading, rules);
        var priority = PriorityChoice.Of(report, reading, outages, category.Id, rules, history);

        List<VerdictReason> reasons = [category.Reason, .. priority.Reasons];
        var risk = Risk(reading, reasons);
        reasons.Add(new("queue", "category", $"{category.Title} goes to the queue {category.Queue}."));
        return new()
        {
            Category = category.Id,
            CategoryTitle = category.Title,
            RunnerUp = category.RunnerUp,
            Priority = priority.Priority,
            RiskTags = risk,
            Queue = category.Queue,
            AffectedSystem = priority.System,
            Clause = priority.Clause,
            LooksUrgent = LooksUrgent(priority, reading, reasons),
            Reasons = reasons,
            RulesVersion = rules.Version,
            Candidates = category.Candidates,
        };
    }

    /// <summary>The system a text is about, by the everyday names of this client; null when it names none, or only in passing.</summary>
    public static string? SystemIn(Report report, CompiledRules rules)
    {
        var outages = Outage.Find(report, new(report, rules), rules);
        return outages.Count == 0 ? null : outages[0].System.Name;
    }

    // on purpose on the safe side: one word is enough for a tag, and only a person takes it away
    private static RiskTags Risk(TriageReading reading, List<VerdictReason> reasons)
    {
        var risk = RiskTags.None;
        foreach (var tag in reading.Of(WordKind.Risk).GroupBy(m => m.Value.Risk))
        {
            risk |= tag.Key;
            var said = tag.Select(m => reading.Said(m)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            reasons.Add(new("risk", "words", $"{CategoryChoice.Quoted(said)} may touch {Said(tag.Key)}."));
        }
        return risk;
    }

    private static bool LooksUrgent(PriorityChoice priority, TriageReading reading, List<VerdictReason> reasons)
    {
        if (priority.Clause is not null || priority.Priority == Priority.P1) return true;
        var words = reading.Of(WordKind.Urgent).Where(u => !reading.IsTakenBack(u)).Select(u => reading.Said(u)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (words.Count == 0) return false;
        reasons.Add(new("alert", "words", $"{CategoryChoice.Quoted(words)} may mean that many cannot work; such words alert a person but set no priority."));
        return true;
    }

    private static string Said(RiskTags tag) => tag switch
    {
        RiskTags.Security => "security",
        RiskTags.Billing => "billing",
        RiskTags.Legal => "the law",
        RiskTags.None => "nothing",
    };
}
