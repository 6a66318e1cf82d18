using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>What a clause says, as one sentence is filled in. Values never change: another rule is another version.</summary>
public sealed record ClauseRule
{
    public required string Title { get; init; }
    /// <summary>Name of a <see cref="NamedSystem"/> of the client.</summary>
    public required string System { get; init; }
    /// <summary>down, slow.</summary>
    public required IReadOnlyList<string> When { get; init; }
    public Breadth Breadth { get; init; }
    /// <summary>Empty: any site.</summary>
    public IReadOnlyList<SiteId> Sites { get; init; } = [];
    public required Priority Priority { get; init; }
    public required int FirstReplyMinutes { get; init; }
    public required int ResolutionMinutes { get; init; }
    public int? NextReplyMinutes { get; init; }
    public ClockKind Clock { get; init; } = ClockKind.FirstHumanReply;
    public CalendarChoice Calendar { get; init; }
    public string? Path { get; init; }
    public required string Quote { get; init; }
    public string? Page { get; init; }
    public DateOnly? ReviewBy { get; init; }
    /// <summary>Why the clause goes; null for one that counts.</summary>
    public string? WithdrawnBecause { get; init; }

    public static ClauseRule Of(Clause clause) => new()
    {
        Title = clause.Title, System = clause.System, When = [.. clause.When], Breadth = clause.Breadth, Sites = [.. clause.Sites], Priority = clause.Priority, FirstReplyMinutes = clause.FirstReplyMinutes,
        ResolutionMinutes = clause.ResolutionMinutes, NextReplyMinutes = clause.NextReplyMinutes, Clock = clause.Clock, Calendar = clause.Calendar, Path = clause.Path, Quote = clause.Quote, Page = clause.Page, ReviewBy = clause.ReviewBy,
    };

    /// <summary>Why nobody could keep this promise, as a sentence; null when it can be written down.</summary>
    public Refusal? Refusal()
    {
        if (string.IsNullOrWhiteSpace(Title)) return new("Give the clause a name, such as “Till outage”.");
        if (string.IsNullOrWhiteSpace(Quote)) return new("Quote the contract word for word: everybody who meets this clause reads it.");
        if (When.Count == 0) return new("Say whether the clause is about systems that are down, slow or both.");
        if (new[] { FirstReplyMinutes, ResolutionMinutes, NextReplyMinutes ?? 1 }.Select(minutes => SlaTarget.Refusal(TimeSpan.FromMinutes(minutes))).FirstOrDefault(r => r is not null) is { } zero) return new(zero);
        return ResolutionMinutes < FirstReplyMinutes ? new("The fix is promised before the first reply. Give it more time, or the reply less.") : null;
    }

    /// <summary>Two clauses that speak of the same outage and promise different things: a ticket would get one of them by chance.</summary>
    public bool Contradicts(ClauseRule other) =>
        System == other.System && Breadth == other.Breadth && When.Intersect(other.When).Any() && (Sites.Count == 0 || other.Sites.Count == 0 || Sites.Intersect(other.Sites).Any())
        && (Priority, FirstReplyMinutes, ResolutionMinutes, NextReplyMinutes, Clock, Calendar, Path) != (other.Priority, other.FirstReplyMinutes, other.ResolutionMinutes, other.NextReplyMinutes, other.Clock, other.Calendar, other.Path);
}

/// <summary>A test case of a clause: what somebody would write, and whether the clause must speak then.</summary>
public sealed record ClauseCase(string Text, bool Speaks);

/// <summary>How a test case came out.</summary>
/// <param name="Said">The reason the verdict gave.</param>
public sealed record CaseResult(ClauseCase Case, bool IsGreen, string Said);

/// <summary>Draft: written, without effect. InForce: the approved one that counts. Superseded: another took its place.</summary>
public enum ClauseState { Draft, InForce, Superseded }

/// <summary>One version of a clause with its test cases. It takes effect only when somebody other than its author approves it while all of them are green.</summary>
public sealed class ClauseVersion : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    /// <summary>The same over all versions.</summary>
    public required Guid ClauseId { get; init; }
    public required Guid ContractId { get; init; }
    public required int Number { get; init; }
    /// <summary>The version that was in force when this one was written; 0 for a new clause.</summary>
    public required int BasedOn { get; init; }
    public ClauseState State { get; private set; }
    public required ClauseRule Rule { get; init; }
    public required IReadOnlyList<ClauseCase> Cases { get; init; }
    public required Guid AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public Guid? ApproverId { get; private set; }
    public string? ApproverName { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <param name="inForce">The number of the version that is in force now; 0 when there is none.</param>
    /// <param name="others">The client's other clauses in force.</param>
    public Refusal? Approve(IReadOnlyList<CaseResult> results, int inForce, IReadOnlyList<ClauseRule> others, Guid approver, string approverName, DateTimeOffset now)
    {
        if (State != ClauseState.Draft) return new("This version is no draft any more. Reload the page.");
        if (approver == AuthorId) return new("You wrote this version. Somebody else has to approve it.");
        if (inForce != BasedOn) return new("Another version took effect after this one was written. Write it anew on top of that.");
        if (Rule.WithdrawnBecause is null && Unproven(results, others) is { } unproven) return unproven;
        (State, ApproverId, ApproverName, ApprovedAt) = (ClauseState.InForce, approver, approverName, now);
        return null;
    }

    // taking a promise out needs no test: the replay shows what it would have changed
    private Refusal? Unproven(IReadOnlyList<CaseResult> results, IReadOnlyList<ClauseRule> others)
    {
        if (Rule.Refusal() is { } refusal) return refusal;
        if (others.FirstOrDefault(Rule.Contradicts) is { } other) return new($"The clause “{other.Title}” promises something else for the same outage. Change one of the two, so that a ticket gets one answer.");
        if (!Cases.Any(c => c.Speaks) || Cases.All(c => c.Speaks)) return new("A clause needs test cases of both kinds: one report that it must catch, and one that it must leave alone.");
        return results.FirstOrDefault(r => !r.IsGreen) is { } red ? new($"A test case is red: “{red.Case.Text}”. {red.Said}") : null;
    }

    public void Supersede() => State = ClauseState.Superseded;
}
