namespace TenantPortal.Domain.Sla;

/// <summary>A stretch as it is explained: cut where the promise fell due, with the open time counted up to its end.</summary>
public sealed record ExplainedSpan(DateTimeOffset From, DateTimeOffset To, StretchKind Kind, PauseReason? Reason, string? By, bool IsLate, TimeSpan Counted)
{
    public TimeSpan Length => To - From;
}

/// <summary>Why a clock stands where it stands: every instant of its life in one labelled span, from which all its figures are sums.</summary>
public sealed record ClockExplanation(ClockReading Reading, IReadOnlyList<ExplainedSpan> Spans)
{
    public TimeSpan Counted => Sum(StretchKind.Running);

    public TimeSpan Paused => Sum(StretchKind.Paused);

    public TimeSpan Closed => Sum(StretchKind.Closed);

    /// <summary>Open time after the promise fell due, zero when it was kept.</summary>
    public TimeSpan Overrun => Spans.Where(span => span.IsLate && span.Kind == StretchKind.Running).Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    public static ClockExplanation Of(ClockReading reading)
    {
        var spans = new List<ExplainedSpan>(reading.Ledger.Count + 1);
        var counted = TimeSpan.Zero;
        foreach (var stretch in reading.Ledger)
        {
            foreach (var (from, to, isLate) in CutAt(reading.DueAt, stretch))
            {
                if (stretch.Kind == StretchKind.Running) counted += to - from;
                spans.Add(new(from, to, stretch.Kind, stretch.Reason, stretch.By, isLate, counted));
            }
        }
        return new(reading, spans);
    }

    /// <summary>The label of one instant; null before the clock's start and from its end on.</summary>
    public ExplainedSpan? At(DateTimeOffset instant) => Spans.FirstOrDefault(span => span.From <= instant && instant < span.To);

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To, bool IsLate)> CutAt(DateTimeOffset? dueAt, Stretch stretch)
    {
        if (dueAt is not { } due || due >= stretch.To) return [(stretch.From, stretch.To, false)];
        if (due <= stretch.From) return [(stretch.From, stretch.To, true)];
        return [(stretch.From, due, false), (due, stretch.To, true)];
    }

    private TimeSpan Sum(StretchKind kind) => Spans.Where(span => span.Kind == kind).Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);
}
