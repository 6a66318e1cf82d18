using System.Diagnostics;

namespace TenantPortal.Domain.Sla;

/// <summary>Where a clock stands after its events up to an instant: start, pauses, end and the target in force.</summary>
internal sealed class ClockHistory
{
    private readonly List<Pause> _pauses = [];
    private SlaTarget _latest;

    private ClockHistory(SlaTarget target) => Target = _latest = target;

    public SlaTarget Target { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool WasMet { get; private set; }

    /// <summary>In order and without overlap; only the last may be open.</summary>
    public IReadOnlyList<Pause> Pauses => _pauses;

    public bool IsPaused => _pauses is [.., { To: null }];

    private bool Ticks => StartedAt is not null && EndedAt is null;

    public static ClockHistory Of(SlaTarget target, IReadOnlyList<ClockEvent> events, DateTimeOffset asOf)
    {
        var history = new ClockHistory(target);
        foreach (var happened in InOrder(events))
        {
            if (happened.At > asOf) break;
            history.Apply(happened);
        }
        return history;
    }

    private static IEnumerable<ClockEvent> InOrder(IReadOnlyList<ClockEvent> events)
    {
        for (var index = 1; index < events.Count; index++)
        {
            // two processes may write a moment apart; OrderBy keeps the order of equal instants
            if (events[index].At < events[index - 1].At) return events.OrderBy(happened => happened.At);
        }
        return events;
    }

    private void Apply(ClockEvent happened)
    {
        switch (happened)
        {
            case ClockEvent.Started when StartedAt is null: StartedAt = happened.At; break;
            case ClockEvent.Paused paused when Ticks: Rest(happened.At, paused.Reason, paused.By); break;
            case ClockEvent.Resumed when Ticks: Wake(happened.At); break;
            case ClockEvent.TargetChanged changed: Take(changed.Target); break;
            case ClockEvent.PriorityChanged changed: Take(_latest.SuccessorAmong(changed.Targets)); break;
            case ClockEvent.Met when Ticks: End(happened.At, met: true); break;
            case ClockEvent.Stopped when Ticks: End(happened.At, met: false); break;
            case ClockEvent.Reopened when EndedAt is { } endedAt: Reopen(endedAt, happened.At); break;
            case ClockEvent.Started or ClockEvent.Paused or ClockEvent.Resumed: break;
            case ClockEvent.Met or ClockEvent.Stopped or ClockEvent.Reopened: break;
            default: throw new UnreachableException();
        }
    }

    private void Rest(DateTimeOffset at, PauseReason reason, string? by)
    {
        Wake(at);
        _pauses.Add(new Pause(at, null, reason, by));
    }

    private void Wake(DateTimeOffset at)
    {
        if (IsPaused) _pauses[^1] = _pauses[^1] with { To = at };
    }

    private void Take(SlaTarget target)
    {
        _latest = target;
        if (EndedAt is null) Target = target;
    }

    private void End(DateTimeOffset at, bool met) => (EndedAt, WasMet) = (at, met);

    private void Reopen(DateTimeOffset endedAt, DateTimeOffset at)
    {
        Wake(endedAt);
        _pauses.Add(new Pause(endedAt, at, PauseReason.Resolved));
        (EndedAt, WasMet, Target) = (null, false, _latest);
    }
}
