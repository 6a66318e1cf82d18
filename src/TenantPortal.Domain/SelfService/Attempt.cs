using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.SelfService;

public readonly record struct AttemptId(Guid Value)
{
    public static AttemptId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

public enum StepAnswer { Worked, Didnt, Couldnt }

/// <summary>How an attempt ended. Running: not yet. Assumed: closed without a word from the contact. Reopened: it had seemed to work.</summary>
public enum AttemptOutcome { Running, Confirmed, Partly, Failed, Abandoned, Assumed, Reopened }

/// <summary>One step as it was shown, and what the person said.</summary>
public sealed record AttemptStep(string Id, string Title, StepAnswer? Answer, DateTimeOffset? AnsweredAt);

/// <summary>One run of a published guide with a person, on a ticket.</summary>
public sealed class Attempt : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public AttemptId Id { get; init; } = AttemptId.New();
    public required TicketId TicketId { get; init; }
    public required Guid RunbookId { get; init; }
    public required string VersionHash { get; init; }
    public required string Title { get; init; }
    /// <summary>1 for the first guide tried on the ticket.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset LastAnswerAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public AttemptOutcome Outcome { get; set; }
    /// <summary>All steps in order; those after the current one have no answer.</summary>
    public required List<AttemptStep> Steps { get; set; }
    /// <summary>Id of the step on the screen; empty when the closing question is asked.</summary>
    public string CurrentStep { get; set; } = "";
    public string? Comment { get; set; }
}
