namespace TenantPortal.Domain.Sla;

/// <summary>What can happen to one clock; an event that does not fit the clock's state changes nothing.</summary>
public abstract record ClockEvent
{
    private ClockEvent(DateTimeOffset at) => At = at;

    public DateTimeOffset At { get; }

    public sealed record Started(DateTimeOffset At) : ClockEvent(At);

    /// <summary>Pausing a paused clock changes the reason from then on.</summary>
    public sealed record Paused(DateTimeOffset At, PauseReason Reason, string? By = null) : ClockEvent(At);

    public sealed record Resumed(DateTimeOffset At) : ClockEvent(At);

    /// <summary>A change counts from the start of the clock; on an ended clock it waits for the reopening.</summary>
    public sealed record TargetChanged(DateTimeOffset At, SlaTarget Target) : ClockEvent(At);

    public sealed record PriorityChanged(DateTimeOffset At, IReadOnlyList<SlaTarget> Targets) : ClockEvent(At);

    /// <summary>The promise was kept: acknowledged, answered or resolved.</summary>
    public sealed record Met(DateTimeOffset At) : ClockEvent(At);

    /// <summary>The promise is no longer asked for, as for a withdrawn or merged ticket; a breach until then remains.</summary>
    public sealed record Stopped(DateTimeOffset At) : ClockEvent(At);

    /// <summary>An ended clock goes on where it stood; the time in between counts as a pause.</summary>
    public sealed record Reopened(DateTimeOffset At) : ClockEvent(At);
}
