using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Markdown of guides as safe HTML: no raw HTML, links and pictures of the allowed kinds only, everything else inert text.</summary>
public static class GuideHtml
{
    // renumbered links travel past Markdig's own escaping, which would spoil markers inside addresses
    internal const string LinkPrefix = "#link-", PicturePrefix = "#picture-";
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>HTML with markers for each {{name}}; <paramref name="pack"/> is where pictures named media/… come from.</summary>
    public static string Render(string markdown, string pack)
    {
        var marked = GuideMarkers.Mark(markdown);
        var document = Markdown.Parse(marked, Pipeline);
        var addresses = new List<string>();
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Clamp(heading.Level, 3, 4);
        foreach (var link in document.Descendants<LinkInline>().ToList()) Number(link, pack, addresses);
        foreach (var link in document.Descendants<AutolinkInline>().ToList()) Number(link, addresses);
        return HtmlAllowList.Clean(document.ToHtml(Pipeline), addresses);
    }

    private static void Number(LinkInline link, string pack, List<string> addresses)
    {
        link.Title = null;
        link.GetDynamicUrl = null;
        var url = link.Url ?? "";
        var address = link.IsImage ? Picture(url, pack) : IsAllowed(url) ? url : null;
        if (address is null) { Unlink(link); return; }
        link.Url = (link.IsImage ? PicturePrefix : LinkPrefix) + addresses.Count;
        addresses.Add(address);
    }

    private static void Number(AutolinkInline link, List<string> addresses)
    {
        var (text, address) = (new LiteralInline(link.Url), link.IsEmail ? "mailto:" + link.Url : link.Url);
        if (!IsAllowed(address)) { link.ReplaceBy(text); return; }
        var plain = new LinkInline(LinkPrefix + addresses.Count, "");
        addresses.Add(address);
        link.ReplaceBy(plain);
        plain.AppendChild(text);
    }

    // the words of a refused link stay, its address does not
    private static void Unlink(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }
        link.Remove();
    }

    internal static bool IsAllowed(string url) => url is [GuideMarkers.Open, .., GuideMarkers.Close] && url.LastIndexOf(GuideMarkers.Open) == 0 || MarkdownRules.IsAllowedLink(url) && !url.StartsWith('{');

    private static string? Picture(string url, string pack) => url.StartsWith("media/", StringComparison.Ordinal) && IsFileName(url.AsSpan(6)) ? $"{GuideMarkers.MediaRoot}{pack}/{url[6..]}" : null;

    /// <summary>A file's own name: letters, digits, hyphen, underscore and single dots, never a path.</summary>
    public static bool IsFileName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 120 || name[0] == '.' || name.Contains("..", StringComparison.Ordinal)) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) return false;
        return true;
    }
}
