using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Puts one reader's values into a published guide, each encoded for its place.</summary>
internal sealed class GuideFilling(Func<string, string?> value, string mediaRoot)
{
    /// <summary>A value made a link that a guide may not hold, so the guide is not shown.</summary>
    public bool IsUnfit { get; private set; }

    public string Line(string text) => GuideMarkers.FillText(text, value);

    public List<string> Lines(IEnumerable<string> lines) => [.. lines.Select(Line)];

    public string Html(string html)
    {
        var filled = GuideMarkers.FillHtml(html, value);
        IsUnfit |= filled is null;
        return (filled ?? "").Replace(GuideMarkers.MediaRoot, mediaRoot, StringComparison.Ordinal);
    }

    /// <param name="visible">Steps this reader sees; a way that leads elsewhere leads to a person.</param>
    public ReadableStep Step(PublishedStep step, IReadOnlySet<string> visible) =>
        new(step.Id, Line(step.Title), Html(step.Html), Html(step.ExpectHtml), step.RollbackHtml is { } rollback ? Html(rollback) : null, Line(step.Text), step.Actor, step.AppliesTo, step.MinTier,
            step.OnFail is "next" or "escalate" or "stop" || visible.Contains(step.OnFail) ? step.OnFail : "escalate");
}
