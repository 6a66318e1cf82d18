using TenantPortal.Domain.Sla;

namespace TenantPortal.Domain.Tests.Sla;

/// <summary>Reads a clock by walking through its life minute by minute: slow, and with nothing in common with the product but the words.</summary>
internal sealed class MinuteOracle(MinuteWorld world)
{
    private sealed record Label(bool IsPaused, PauseReason? Reason, string? By);

    private static readonly Label Counts = new(false, null, null);

    private readonly List<Label> _minutes = [];
    private Label? _label;
    private SlaTarget _inForce = world.Targets[0];
    private SlaTarget _latest = world.Targets[0];
    private bool _hasEnded;
    private bool _wasMet;
    private int _startedAt;
    private int _endedAt;

    public (ClockState State, int? DueAt, int Elapsed, IReadOnlyList<Stretch> Ledger) Read(IReadOnlyList<(int Minute, ClockEvent Event)> events, int asOf)
    {
        var next = 0;
        for (var minute = 0; minute <= asOf; minute++)
        {
            for (; next < events.Count && events[next].Minute == minute; next++) Apply(events[next].Event, minute);
            if (minute < asOf && _label is not null) _minutes.Add(_label);
        }
        if (_label is null) return (ClockState.NotRunning, null, 0, []);

        var until = _hasEnded ? _endedAt : asOf;
        var dueAt = DueAt(until, out var elapsed);
        var isLate = dueAt < until;
        var state = (_hasEnded, _wasMet, isLate) switch
        {
            (true, true, true) => ClockState.MetLate,
            (true, true, false) => ClockState.Met,
            (_, _, true) => ClockState.Breached,
            (true, false, false) => ClockState.NotRunning,
            (false, _, false) => _label.IsPaused ? ClockState.Paused : ClockState.Running,
        };
        return (state, state == ClockState.NotRunning ? null : dueAt, elapsed, Ledger(until));
    }

    private void Apply(ClockEvent happened, int minute)
    {
        var runs = _label is not null && !_hasEnded;
        if (happened is ClockEvent.TargetChanged changed) _latest = changed.Target;
        if (happened is ClockEvent.PriorityChanged priority)
        {
            _latest = priority.Targets.FirstOrDefault(target => (target.Kind, target.Clock) == (_latest.Kind, _latest.Clock))
                ?? priority.Targets.FirstOrDefault(target => target.Kind == _latest.Kind) ?? _latest;
        }
        if (happened is ClockEvent.Started && _label is null) (_label, _startedAt) = (Counts, minute);
        if (happened is ClockEvent.Paused paused && runs) _label = new Label(true, paused.Reason, paused.By);
        if (happened is ClockEvent.Resumed && runs) _label = Counts;
        if (happened is ClockEvent.Met or ClockEvent.Stopped && runs) (_hasEnded, _wasMet, _endedAt) = (true, happened is ClockEvent.Met, minute);
        if (happened is ClockEvent.Reopened && _hasEnded)
        {
            var since = _endedAt - _startedAt;
            for (var index = since; index < _minutes.Count; index++) _minutes[index] = new Label(true, PauseReason.Resolved, null);
            (_hasEnded, _label) = (false, Counts);
        }
        if (!_hasEnded) _inForce = _latest;
    }

    private int? DueAt(int until, out int elapsed)
    {
        var open = world.Open(_inForce.Calendar);
        var allowance = (int)_inForce.Allowance.TotalMinutes;
        var counted = 0;
        int? dueAt = null;
        elapsed = 0;
        for (var minute = _startedAt; minute < world.Minutes; minute++)
        {
            if (!open[minute] || LabelAt(minute, until).IsPaused) continue;
            counted++;
            if (minute < until) elapsed++;
            if (counted == allowance) dueAt = minute + 1;
        }
        return dueAt;
    }

    private Label LabelAt(int minute, int until) => minute < until ? _minutes[minute - _startedAt] : _label!;

    private List<Stretch> Ledger(int until)
    {
        var open = world.Open(_inForce.Calendar);
        var stretches = new List<Stretch>();
        for (var minute = _startedAt; minute < until; minute++)
        {
            var label = LabelAt(minute, until);
            var stretch = !open[minute]
                ? new Stretch(world.At(minute), world.At(minute + 1), StretchKind.Closed)
                : new Stretch(world.At(minute), world.At(minute + 1), label.IsPaused ? StretchKind.Paused : StretchKind.Running, label.Reason, label.By);
            if (stretches is [.., var last] && (last.Kind, last.Reason, last.By) == (stretch.Kind, stretch.Reason, stretch.By))
            {
                stretches[^1] = last with { To = stretch.To };
                continue;
            }
            stretches.Add(stretch);
        }
        return stretches;
    }
}
