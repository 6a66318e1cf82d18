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

/// <summary>An answer that was corrected later.</summary>
public sealed record EarlierAnswer(StepAnswer Answer, DateTimeOffset At);

/// <summary>One step as it was shown, and what the person said; corrected answers are kept, oldest first.</summary>
public sealed record AttemptStep(string Id, string Title, StepAnswer? Answer, DateTimeOffset? AnsweredAt, IReadOnlyList<EarlierAnswer>? Earlier = null);

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
    /// <summary>When the guide was offered; silence counts from here until the first answer.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>When the person first looked at it; null: offered and never opened.</summary>
    public DateTimeOffset? OpenedAt { get; set; }
    /// <summary>The last sign of the person, at first the offer itself.</summary>
    public DateTimeOffset LastAnswerAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public AttemptOutcome Outcome { get; set; }
    /// <summary>All steps in order; those after the current one have no answer.</summary>
    public required List<AttemptStep> Steps { get; set; }
    /// <summary>Id of the step on the screen, or of the one it ended at; empty when the closing question is or was asked.</summary>
    public string CurrentStep { get; set; } = "";
    /// <summary>What the person wrote at the end.</summary>
    public string? Comment { get; set; }

    public bool IsRunning => Outcome == AttemptOutcome.Running;
}
