namespace TenantPortal.Domain.Tickets;

/// <summary>One reason behind a verdict, in a sentence a manager can read.</summary>
/// <param name="Field">category, priority, risk or queue.</param>
/// <param name="Rule">What set it: clause, matrix, words, history, form, default.</param>
/// <param name="Sentence">The reason, with the matched words or the quoted clause.</param>
public sealed record VerdictReason(string Field, string Rule, string Sentence);

/// <summary>What the clause that decided says, frozen as it read then.</summary>
public sealed record ClauseQuote(Guid ClauseId, int Version, string Title, string Quote, string? Page, string? Path);

/// <summary>A category that was weighed, with its points.</summary>
public sealed record VerdictCandidate(string Category, int Points);

/// <summary>A ticket's classification with its reasons: the same report, rules and history always give the same verdict.</summary>
public sealed record Verdict
{
    /// <summary>Where no word of a report belongs to a category.</summary>
    public const string NoCategory = "other/question";

    public required string Category { get; init; }
    public required string CategoryTitle { get; init; }
    public string? RunnerUp { get; init; }
    public required Priority Priority { get; init; }
    public RiskTags RiskTags { get; init; }
    public required string Queue { get; init; }
    public string? AffectedSystem { get; init; }
    public ClauseQuote? Clause { get; init; }
    /// <summary>True when the words look like a P1: a person is alerted while the missing answers are asked for.</summary>
    public bool LooksUrgent { get; init; }
    public required IReadOnlyList<VerdictReason> Reasons { get; init; }
    /// <summary>Versions of categories, matrix and contract that were read.</summary>
    public required string RulesVersion { get; init; }
    /// <summary>The best categories by their words, best first.</summary>
    public IReadOnlyList<VerdictCandidate> Candidates { get; init; } = [];
    /// <summary>A person has changed what the rules said.</summary>
    public bool ByPerson { get; init; }
    /// <summary>The number of the last message that a person has judged; later readings look only at what came after it.</summary>
    public int SettledUpTo { get; init; }

    /// <summary>What stands after a later reading of the same ticket: up acts, down only suggests, and what stands keeps the reasons it was given with.</summary>
    public Verdict RaisedBy(Verdict later)
    {
        var rises = later.Priority < Priority || (!ByPerson && later.Priority == Priority && (later.Clause is not null || Clause is null));
        var keepsClause = Clause is not null && later.Clause is null;
        var priority = rises ? later.Reasons.Where(IsOfPriority) : [];
        if (!rises || keepsClause) priority = priority.Concat(Reasons.Where(IsOfPriority));
        return later with
        {
            Priority = rises ? later.Priority : Priority,
            Clause = rises ? later.Clause ?? Clause : Clause,
            AffectedSystem = rises ? later.AffectedSystem ?? AffectedSystem : AffectedSystem ?? later.AffectedSystem,
            RiskTags = RiskTags | later.RiskTags,
            LooksUrgent = LooksUrgent || later.LooksUrgent,
            ByPerson = ByPerson,
            SettledUpTo = SettledUpTo,
            Reasons = [.. later.Reasons.Where(r => r.Field == "category"), .. priority, .. later.Reasons.Concat(Reasons).Where(r => r.Field == "risk").Distinct(), .. later.Reasons.Where(r => r.Field is not ("category" or "risk") && !IsOfPriority(r))],
        };
    }

    private static bool IsOfPriority(VerdictReason reason) => reason.Field is "priority" or "clause" or "alert";
}
