using TenantPortal.Domain.Knowledge;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>A guide as one client's people will read it, or the one reason why it cannot be published.</summary>
public sealed record RenderedGuide(string Title, string Summary, PublishedContent Content, string? Problem);

/// <summary>Renders a guide for one client: values that hold for the whole client are filled in, the others keep markers.</summary>
public sealed class GuideRenderer(RunbookDocument document, string pack, IReadOnlyDictionary<string, OpenVariable> open, Func<string, string?> fixedValue)
{
    /// <summary>Grows when the same source would render differently, so that every guide is published anew.</summary>
    public const int Version = 1;
    private string? problem;

    public RenderedGuide Render()
    {
        var content = new PublishedContent
        {
            IntroductionHtml = Html(document.Introduction),
            CauseHtml = document.Cause is { } cause ? Html(cause) : null,
            Symptoms = Lines(document.Symptoms),
            ErrorCodes = Lines(document.ErrorCodes.Select(c => c.Code)),
            Prerequisites = Lines(document.Prerequisites),
            Success = Lines(document.Success),
            Steps = [.. document.Steps.Select(Step)],
            AppliesTo = document.AppliesTo,
            Minutes = document.Minutes,
            Kind = document.Kind,
            OpenVariables = open,
            Sources = [.. document.Sources.Where(s => MarkdownRules.IsAllowedLink(s.Url) && !s.Url.StartsWith('{')).Select(s => s with { Title = Line(s.Title) })],
            Related = document.Related,
            Supersedes = document.Supersedes,
        };
        var codes = string.Join('\n', document.ErrorCodes.Where(c => c.Meaning is not null).Select(c => Line(c.Meaning!)));
        var body = string.Join('\n', HtmlAllowList.Text(content.IntroductionHtml), HtmlAllowList.Text(content.CauseHtml ?? ""), codes, string.Join(' ', document.Tags));
        return new(Line(document.Title), Line(document.Summary), content with { BodyText = body.Trim() }, problem);
    }

    private PublishedStep Step(RunbookStep step)
    {
        var html = Html(step.Do);
        var expect = Html(step.Expect);
        return new(step.Id, Line(step.Title), html, expect, step.Rollback is { } rollback ? Html(rollback) : null,
            $"{Line(step.Title)}\n{HtmlAllowList.Text(html)}\n{HtmlAllowList.Text(expect)}", step.Actor, step.AppliesTo, step.MinTier, step.OnFail);
    }

    private string Html(string markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        var html = GuideMarkers.FillHtml(GuideHtml.Render(markdown, pack), fixedValue);
        if (html is null) problem ??= "A link that holds a client's value is not an https:, mailto: or tel: address.";
        return Checked(html ?? "");
    }

    private List<string> Lines(IEnumerable<string> lines) => [.. lines.Select(Line)];

    private string Line(string text) => Checked(GuideMarkers.FillText(GuideMarkers.Mark(text), fixedValue));

    // a marker that nobody will ever fill would stand on the page
    private string Checked(string text)
    {
        if (GuideMarkers.IsBroken(text)) problem ??= "It holds double braces that are no name of a value.";
        else if (GuideMarkers.Names(text).FirstOrDefault(name => !open.ContainsKey(name)) is { } name) problem ??= $"It uses the value {name} and does not declare it.";
        return text;
    }
}
