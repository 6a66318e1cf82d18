using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Triage;

/// <summary>Judges test cases as the client's tickets would be judged if a version of a clause were in force.</summary>
public static class ClauseTrial
{
    public static IReadOnlyList<CaseResult> Run(ClauseVersion version, CompiledRules rules)
    {
        var trial = AsClause(version);
        var changed = rules.With([.. rules.Clauses.Where(c => c.Id != version.ClauseId), trial]);
        return [.. version.Cases.Select(one => Judge(one, trial, changed))];
    }

    /// <summary>The row that tickets are judged by while this version is in force.</summary>
    public static Clause AsClause(ClauseVersion version, string? externalRef = null)
    {
        var rule = version.Rule;
        return new()
        {
            TenantId = version.TenantId, Id = version.ClauseId, ContractId = version.ContractId, ExternalRef = externalRef, Title = rule.Title, System = rule.System, When = [.. rule.When], Breadth = rule.Breadth, Sites = [.. rule.Sites], Priority = rule.Priority,
            FirstReplyMinutes = rule.FirstReplyMinutes, ResolutionMinutes = rule.ResolutionMinutes, NextReplyMinutes = rule.NextReplyMinutes, Clock = rule.Clock, Calendar = rule.Calendar,
            Path = rule.Path, Quote = rule.Quote, Page = rule.Page, ReviewBy = rule.ReviewBy, Version = version.Number,
        };
    }

    private static CaseResult Judge(ClauseCase one, Clause trial, CompiledRules rules)
    {
        var report = new Report { Subject = one.Text, Text = one.Text, Channel = Channel.Portal, SiteId = trial.Sites is [var site, ..] ? site : null };
        var verdict = TriageVerdict.For(report, rules, RecentHistory.Empty);
        var speaks = verdict.Clause?.ClauseId == trial.Id;
        return new(one, speaks == one.Speaks, verdict.Reasons.FirstOrDefault(r => r.Field == "clause")?.Sentence ?? verdict.Reasons.First(r => r.Field == "priority").Sentence);
    }
}
