using System.Net;
using System.Text.RegularExpressions;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Places for values in published text: private-use signs that no author can type, filled with encoded values when a guide is read.</summary>
public static partial class GuideMarkers
{
    public const char Open = '\uE000', Close = '\uE001', LinkOpen = '\uE002', LinkClose = '\uE003';
    /// <summary>Stands for the address under which this reader's door serves the client's pictures.</summary>
    public const string MediaRoot = "\uE004";

    /// <summary>Turns {{name}} into markers, and drops private-use signs that the text brought along.</summary>
    public static string Mark(string text) => Variable().Replace(Private().Replace(text, ""), m => $"{Open}{m.Groups["name"].Value}{Close}");

    /// <summary>Fills plain text; a name without a value keeps its marker.</summary>
    public static string FillText(string text, Func<string, string?> value) => text.Contains(Open, StringComparison.Ordinal) ? Marker().Replace(text, m => value(m.Groups["name"].Value) ?? m.Value) : text;

    /// <summary>Fills HTML; null when a filled link is not one that a guide may hold.</summary>
    public static string? FillHtml(string html, Func<string, string?> value)
    {
        if (!html.Contains(Open, StringComparison.Ordinal)) return html;
        var refused = false;
        var filled = Link().Replace(html, m =>
        {
            var url = FillText(WebUtility.HtmlDecode(m.Groups["url"].Value), value);
            if (url.Contains(Open, StringComparison.Ordinal)) return $"{LinkOpen}{WebUtility.HtmlEncode(url)}{LinkClose}";
            if (url.StartsWith("tel:", StringComparison.Ordinal)) url = url.Replace(" ", "", StringComparison.Ordinal);
            refused |= !MarkdownRules.IsAllowedLink(url);
            return WebUtility.HtmlEncode(url);
        });
        if (refused) return null;
        return Marker().Replace(filled, m => value(m.Groups["name"].Value) is { } found ? WebUtility.HtmlEncode(found) : m.Value);
    }

    public static IEnumerable<string> Names(string text) => Marker().Matches(text).Select(m => m.Groups["name"].Value);

    /// <summary>Without markers: for the index, where a value that differs between people is no word of the guide.</summary>
    public static string Strip(string text) => text.Contains(Open, StringComparison.Ordinal) ? Marker().Replace(text, " ") : text;

    public static bool HasOpen(string text) => text.Contains(Open, StringComparison.Ordinal);

    /// <summary>Whether braces or a private-use sign are left that are no well-formed marker.</summary>
    public static bool IsBroken(string text) => text.Contains("{{", StringComparison.Ordinal) || Private().IsMatch(Link().Replace(Marker().Replace(text, ""), "").Replace(MediaRoot, "", StringComparison.Ordinal));

    [GeneratedRegex(@"\{\{(?<name>[a-z0-9_]+(\.[a-z0-9_]+)*)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
    [GeneratedRegex("\uE000(?<name>[a-z0-9_.]+)\uE001", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();
    [GeneratedRegex("\uE002(?<url>[^\uE002\uE003]*)\uE003", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
    [GeneratedRegex("[\uE000-\uF8FF]", RegexOptions.None, 1000)]
    private static partial Regex Private();
}
