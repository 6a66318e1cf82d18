namespace TenantPortal.Domain.Sla;

public enum ClockState { NotRunning, Running, Paused, Met, MetLate, Breached }

public enum StretchKind { Running, Paused, Closed }

/// <summary>A piece of a clock's life with one label: counted, paused in working time (why, by whom) or outside working time.</summary>
public sealed record Stretch(DateTimeOffset From, DateTimeOffset To, StretchKind Kind, PauseReason? Reason = null, string? By = null);

/// <summary>What a clock shows at one instant.</summary>
public sealed record ClockReading
{
    /// <summary>The target in force, after all changes.</summary>
    public required SlaTarget Target { get; init; }

    public required ClockState State { get; init; }

    /// <summary>Last instant at which the promise is kept; null while a pause leaves it open, when nothing runs, or when <see cref="NeverOpens"/>.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The clock runs, but its calendar stays closed for two years before the promise falls due: a fault of the contract to be shown and mended.</summary>
    public required bool NeverOpens { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the clock was met or stopped; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Open time counted so far, without pauses.</summary>
    public required TimeSpan ElapsedOpen { get; init; }

    /// <summary>Allowance less <see cref="ElapsedOpen"/>, in open time; below zero when overrun.</summary>
    public TimeSpan Remaining => Target.Allowance - ElapsedOpen;

    /// <summary>Every instant from the start to the end of the clock, or to the reading, in exactly one stretch.</summary>
    public required IReadOnlyList<Stretch> Ledger { get; init; }
}
