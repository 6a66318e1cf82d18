using System.Globalization;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>One thing in which two verdicts on the same report differ.</summary>
public sealed record VerdictDifference(string Field, string Was, string Now)
{
    /// <summary>Every difference; none when the verdicts are the same.</summary>
    public static IReadOnlyList<VerdictDifference> Between(Verdict was, Verdict now) =>
    [
        .. new VerdictDifference[]
        {
            new("rules", was.RulesVersion, now.RulesVersion), new("priority", was.Priority.ToString(), now.Priority.ToString()), new("category", was.Category, now.Category), new("runner-up", was.RunnerUp ?? "", now.RunnerUp ?? ""),
            new("risk tags", was.RiskTags.ToString(), now.RiskTags.ToString()), new("queue", was.Queue, now.Queue), new("system", was.AffectedSystem ?? "", now.AffectedSystem ?? ""), new("clause", Said(was.Clause), Said(now.Clause)),
            new("looks urgent", was.LooksUrgent ? "yes" : "no", now.LooksUrgent ? "yes" : "no"), new("candidates", Said(was.Candidates), Said(now.Candidates)), new("reasons", Said(was.Reasons), Said(now.Reasons)),
        }.Where(d => d.Was != d.Now),
    ];

    private static string Said(ClauseQuote? clause) => clause is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{clause.Title}, version {clause.Version}{(clause.Path is null ? "" : $", calls {clause.Path}")}: {clause.Quote}");

    private static string Said(IReadOnlyList<VerdictCandidate> candidates) => string.Join(", ", candidates.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Category} {c.Points}")));

    private static string Said(IReadOnlyList<VerdictReason> reasons) => string.Join(' ', reasons.Select(r => r.Sentence));
}
