using TenantPortal.Domain.Sla;

namespace TenantPortal.Web.Features.Desk;

/// <summary>One drawn stretch, in thousandths of the line.</summary>
public sealed record DrawnSpan(int From, int Width, ExplainedSpan Span)
{
    // the shape says it as well as the colour
    public int Top => Span.Kind switch { StretchKind.Running => 2, StretchKind.Paused => 9, StretchKind.Closed => 13 };

    public int Height => 28 - 2 * Top;

    public string Look => Span.Kind == StretchKind.Running && Span.IsLate ? "late" : Span.Kind.ToString().ToLowerInvariant();
}

/// <summary>A clock's life as a line: time that counts or rests is drawn to scale, closed hours are drawn short, so that a weekend does not hide an hour.</summary>
public sealed record ClockLine(IReadOnlyList<DrawnSpan> Spans, int? DueAt)
{
    public const int Length = 1000;
    private static readonly TimeSpan LongestClosed = TimeSpan.FromMinutes(20);

    public static ClockLine Of(ClockExplanation round)
    {
        var whole = Math.Max(1, round.Spans.Sum(Weight));
        var spans = new List<DrawnSpan>(round.Spans.Count);
        int? due = null;
        long reached = 0;
        foreach (var span in round.Spans)
        {
            var (from, to) = ((int)(reached * Length / whole), (int)((reached += Weight(span)) * Length / whole));
            if (span.IsLate) due ??= from;
            spans.Add(new(from, Math.Max(1, to - from), span));
        }
        return new(spans, due);
    }

    private static long Weight(ExplainedSpan span) => (span.Kind == StretchKind.Closed && span.Length > LongestClosed ? LongestClosed : span.Length).Ticks / TimeSpan.TicksPerSecond;
}
