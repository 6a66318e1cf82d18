using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>What Markdown of guides may hold: no raw HTML, links to https:, mailto: and tel: alone, pictures of the pack with a text alternative.</summary>
public static class MarkdownRules
{
    private const string Media = "media/";
    private static readonly System.Buffers.SearchValues<char> Unfit = System.Buffers.SearchValues.Create(" \t\r\n\\\"<>");
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>Notes each problem; <paramref name="firstLine"/> is the line of the file on which the text begins.</summary>
    public static void Check(ContentFile file, string text, int firstLine, IReadOnlySet<string>? media)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var node in document.Descendants())
        {
            var line = firstLine + LineOf(node);
            if (node is HtmlBlock or HtmlInline) file.Problem(line, "Raw HTML is not allowed. Use Markdown; write a word in angle brackets as `<word>`.");
            else if (node is LinkInline { IsImage: true } picture) CheckPicture(file, picture, line, media);
            else if (node is LinkInline { Url: var url } && !IsAllowedLink(url ?? "")) file.Problem(line, $"The link “{url}” is not allowed; links begin with https:, mailto: or tel:, or are one {{{{variable}}}}.");
            else if (node is AutolinkInline auto && !auto.IsEmail && !IsAllowedLink(auto.Url)) file.Problem(line, $"The link “{auto.Url}” is not allowed; links begin with https:, mailto: or tel:.");
            else if (node is HeadingBlock { Level: <= 2 }) file.Problem(line, "Only steps are headings of level 1 or 2 (## Title).");
        }
    }

    /// <summary>Also a link that is one variable: its value is held to the same rule where it is filled in.</summary>
    public static bool IsAllowedLink(string url) =>
        url.StartsWith("{{", StringComparison.Ordinal) && url.IndexOf("}}", StringComparison.Ordinal) == url.Length - 2
        || !url.AsSpan().ContainsAny(Unfit)
            && (url.StartsWith("mailto:", StringComparison.Ordinal) || url.StartsWith("tel:", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal) && url.Length > 8 && url[8] is not ('/' or '?' or '#'));

    private static void CheckPicture(ContentFile file, LinkInline picture, int line, IReadOnlySet<string>? media)
    {
        var url = picture.Url ?? "";
        if (!url.StartsWith(Media, StringComparison.Ordinal) || url.Contains("..", StringComparison.Ordinal)) file.Problem(line, $"The picture “{url}” is not one of the pack's; write media/name.svg or media/name.png.");
        else if (media is not null && !media.Contains(url[Media.Length..])) file.Problem(line, $"The picture {url} is missing in the pack.");
        if (!picture.Descendants<LiteralInline>().Any(text => text.Content.Length > 0)) file.Problem(line, $"The picture {url} needs a text alternative: ![what it shows]({url}).");
    }

    private static int LineOf(MarkdownObject node)
    {
        for (var inline = node as Inline; inline is not null; inline = inline.Parent)
            if (inline.Line > 0) return inline.Line;
        return node.Line;
    }
}
