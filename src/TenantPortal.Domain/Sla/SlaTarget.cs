namespace TenantPortal.Domain.Sla;

/// <summary>Response: the first. NextResponse: each later message of the contact until somebody answers it. Resolution: the fix.</summary>
public enum TargetKind { Response, NextResponse, Resolution }

/// <summary>Which moments a target runs between: the first three start at sending, the last at the contact's "no".</summary>
public enum ClockKind { Acknowledgement, AutomatedAttempt, FirstHumanReply, FirstHumanReplyAfterNo }

/// <summary>One promise of a contract: so much open time of a calendar, more than none, on one of the four clocks.</summary>
public sealed record SlaTarget(TargetKind Kind, ClockKind Clock, TimeSpan Allowance, BusinessCalendar Calendar)
{
    public TimeSpan Allowance { get; } = Refusal(Allowance) is { } refusal
        ? throw new ArgumentOutOfRangeException(nameof(Allowance), Allowance, refusal)
        : Allowance;

    /// <summary>Why an allowance cannot be promised, as a sentence; null when it can.</summary>
    public static string? Refusal(TimeSpan allowance) => allowance > TimeSpan.Zero
        ? null
        : "A target needs some time: with none it would be missed before anybody could act.";

    /// <summary>What takes this target's place: the same kind on the same clock, else the same kind, else this one goes on, so that no ticket loses its clock.</summary>
    internal SlaTarget SuccessorAmong(IReadOnlyList<SlaTarget> targets) =>
        targets.FirstOrDefault(target => target.Kind == Kind && target.Clock == Clock)
        ?? targets.FirstOrDefault(target => target.Kind == Kind)
        ?? this;
}
