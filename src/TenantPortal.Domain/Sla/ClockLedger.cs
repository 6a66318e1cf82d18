namespace TenantPortal.Domain.Sla;

/// <summary>Labels every instant of a clock's life, so that a breach can be explained minute by minute.</summary>
internal sealed class ClockLedger
{
    private readonly List<Stretch> _stretches = [];

    private ClockLedger()
    {
    }

    /// <summary>Expects pauses in order and without overlap; closed hours inside a pause are closed, not paused.</summary>
    public static IReadOnlyList<Stretch> Of(
        DateTimeOffset startedAt, DateTimeOffset until, BusinessCalendar calendar, IReadOnlyList<Pause> pauses)
    {
        var ledger = new ClockLedger();
        var from = startedAt;
        foreach (var pause in pauses)
        {
            var resumedAt = pause.To ?? until;
            ledger.Add(from, pause.From, calendar, null);
            ledger.Add(pause.From, resumedAt, calendar, pause);
            from = resumedAt;
        }
        ledger.Add(from, until, calendar, null);
        return ledger._stretches;
    }

    private void Add(DateTimeOffset from, DateTimeOffset to, BusinessCalendar calendar, Pause? pause)
    {
        var kind = pause is null ? StretchKind.Running : StretchKind.Paused;
        var labelled = from;
        foreach (var (opens, closes) in calendar.OpenHours(from, to))
        {
            Append(new Stretch(labelled, opens, StretchKind.Closed));
            Append(new Stretch(opens, closes, kind, pause?.Reason, pause?.By));
            labelled = closes;
        }
        Append(new Stretch(labelled, to, StretchKind.Closed));
    }

    private void Append(Stretch next)
    {
        if (next.From >= next.To) return;
        var continues = _stretches is [.., var last] && last with { From = next.From, To = next.To } == next;
        if (!continues)
        {
            _stretches.Add(next);
            return;
        }
        _stretches[^1] = _stretches[^1] with { To = next.To };
    }
}
