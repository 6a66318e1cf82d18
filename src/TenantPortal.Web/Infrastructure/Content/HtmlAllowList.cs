using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>The second wall: reads rendered HTML as a browser would and keeps listed elements and attributes alone.</summary>
public static class HtmlAllowList
{
    private static readonly FrozenSet<string> Allowed = new[] { "p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "a", "img", "blockquote", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Dropped = new[] { "script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "form", "input", "button", "select", "textarea", "link", "meta", "base", "title", "audio", "video", "frame", "frameset", "head" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="html">What Markdown became; its links hold numbers.</param>
    /// <param name="addresses">The addresses that the numbers stand for; each is judged again here.</param>
    public static string Clean(string html, IReadOnlyList<string> addresses)
    {
        var document = new HtmlParser().ParseDocument("<!doctype html><body>" + html);
        Walk(document.Body!, addresses);
        return document.Body!.InnerHtml.Trim();
    }

    /// <summary>The words of cleaned HTML, block by block.</summary>
    public static string Text(string html)
    {
        var body = new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;
        foreach (var picture in body.QuerySelectorAll("img")) picture.Replace(body.Owner!.CreateTextNode(picture.GetAttribute("alt") ?? ""));
        return body.TextContent.Trim();
    }

    private static void Walk(INode parent, IReadOnlyList<string> addresses)
    {
        for (var i = parent.ChildNodes.Length - 1; i >= 0; i--)
        {
            var node = parent.ChildNodes[i];
            if (node is IText) continue;
            if (node is not IElement element || Dropped.Contains(element.LocalName) || element.NamespaceUri != "http://www.w3.org/1999/xhtml") { parent.RemoveChild(node); continue; }
            Walk(element, addresses);
            if (!Allowed.Contains(element.LocalName) || !KeepAttributes(element, addresses)) Unwrap(element);
        }
    }

    private static bool KeepAttributes(IElement element, IReadOnlyList<string> addresses)
    {
        var (href, src, alt, start) = (element.GetAttribute("href"), element.GetAttribute("src"), element.GetAttribute("alt"), element.GetAttribute("start"));
        foreach (var name in element.Attributes.Select(a => a.Name).ToList()) element.RemoveAttribute(name);
        switch (element.LocalName)
        {
            case "a":
                if (Address(href, GuideHtml.LinkPrefix, addresses) is not { } link || !GuideHtml.IsAllowed(link)) return false;
                element.SetAttribute("href", GuideMarkers.HasOpen(link) ? $"{GuideMarkers.LinkOpen}{link}{GuideMarkers.LinkClose}" : link);
                element.SetAttribute("rel", "noreferrer");
                return true;
            case "img":
                if (Address(src, GuideHtml.PicturePrefix, addresses) is not { } picture || picture.Split('/') is not [_, var name] || !GuideHtml.IsFileName(name)) return false;
                element.SetAttribute("src", picture);
                element.SetAttribute("alt", alt ?? "");
                element.SetAttribute("loading", "lazy");
                return true;
            case "ol":
                if (int.TryParse(start, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)) element.SetAttribute("start", start);
                return true;
            default:
                return true;
        }
    }

    private static string? Address(string? number, string prefix, IReadOnlyList<string> addresses) =>
        number?.StartsWith(prefix, StringComparison.Ordinal) == true && int.TryParse(number.AsSpan(prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) && at < addresses.Count ? addresses[at] : null;

    private static void Unwrap(IElement element)
    {
        while (element.FirstChild is { } child) element.Before(child);
        element.Remove();
    }
}
