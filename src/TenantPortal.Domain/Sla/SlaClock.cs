namespace TenantPortal.Domain.Sla;

/// <summary>Reads a clock from its events alone: the same events, target and instant always give the same reading.</summary>
public static class SlaClock
{
    /// <summary>The clock of one target as it stood at <paramref name="asOf"/>; later events are left out. A promise is kept up to and including its due instant.</summary>
    public static ClockReading Read(SlaTarget target, IReadOnlyList<ClockEvent> events, DateTimeOffset asOf)
    {
        var history = ClockHistory.Of(target, events, asOf);
        if (history.StartedAt is not { } startedAt) return NotStarted(history.Target);

        var until = history.EndedAt ?? asOf;
        var calendar = history.Target.Calendar;
        var dueAt = DueAt(startedAt, history.Target.Allowance, calendar, history.Pauses);
        var state = StateOf(history, until, dueAt);
        var ledger = ClockLedger.Of(startedAt, until, calendar, history.Pauses);
        return new ClockReading
        {
            Target = history.Target,
            State = state,
            DueAt = state == ClockState.NotRunning ? null : dueAt,
            NeverOpens = state == ClockState.Running && dueAt is null,
            StartedAt = startedAt,
            EndedAt = history.EndedAt,
            ElapsedOpen = Counted(ledger),
            Ledger = ledger,
        };
    }

    /// <summary>When a promise falls due: open hours count, paused time never does. Null while an open pause or a calendar closed for two years comes first.</summary>
    public static DateTimeOffset? DueAt(DateTimeOffset startedAt, TimeSpan allowance, BusinessCalendar calendar, IReadOnlyList<Pause> pauses)
    {
        var left = allowance;
        var from = startedAt;
        foreach (var pause in pauses.Where(pause => pause.To is null || pause.To > startedAt).OrderBy(pause => pause.From))
        {
            if (pause.From > from)
            {
                var open = calendar.OpenTimeBetween(from, pause.From);
                if (open >= left) return calendar.Add(from, left);
                left -= open;
            }
            if (pause.To is not { } resumedAt) return null;
            if (resumedAt > from) from = resumedAt;
        }
        return calendar.Add(from, left);
    }

    private static ClockReading NotStarted(SlaTarget target) => new()
    {
        Target = target,
        State = ClockState.NotRunning,
        DueAt = null,
        NeverOpens = false,
        ElapsedOpen = TimeSpan.Zero,
        Ledger = [],
    };

    private static ClockState StateOf(ClockHistory history, DateTimeOffset until, DateTimeOffset? dueAt)
    {
        var isLate = until > dueAt;
        if (history.WasMet) return isLate ? ClockState.MetLate : ClockState.Met;
        if (isLate) return ClockState.Breached;
        if (history.EndedAt is not null) return ClockState.NotRunning;
        return history.IsPaused ? ClockState.Paused : ClockState.Running;
    }

    private static TimeSpan Counted(IReadOnlyList<Stretch> ledger)
    {
        var counted = TimeSpan.Zero;
        foreach (var stretch in ledger)
        {
            if (stretch.Kind == StretchKind.Running) counted += stretch.To - stretch.From;
        }
        return counted;
    }
}
