using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.SelfService;

/// <summary>The answers to "Did this resolve your issue?".</summary>
public enum ClosingAnswer { Yes, Partly, No }

/// <summary>What happens to the request once a guide has ended.</summary>
public enum AfterAttempt { Solved, AnotherGuide, Person }

/// <summary>What a face shows now: a step, the closing question, or how it ended.</summary>
public abstract record AttemptScreen
{
    private AttemptScreen() { }

    /// <param name="Given">What was answered here before, when the person went back.</param>
    public sealed record Step(PublishedStep Shown, int Number, int Of, StepAnswer? Given, bool CanGoBack) : AttemptScreen;

    /// <param name="Suggested">No where the last step failed; null leaves the choice open.</param>
    public sealed record Closing(ClosingAnswer? Suggested, bool CanGoBack) : AttemptScreen;

    public sealed record Ended(AttemptOutcome Outcome, AfterAttempt Next) : AttemptScreen;
}

/// <summary>What an input did to an attempt; None: it was a repetition, or it was refused.</summary>
public enum AttemptChange { None, Opened, Answered, WentBack, Ended }

/// <summary>The answer of the engine: what to show, what changed, and the sentence when the input did not fit.</summary>
public sealed record AttemptTurn(AttemptScreen Screen, AttemptChange Change, Refusal? Refusal = null);
