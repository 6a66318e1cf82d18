using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>A drawing from outside, rebuilt from the shapes, texts and gradients that are allowed: no script, event, style sheet, link, embedded file or reference to anything outside it.</summary>
public static partial class SafeSvg
{
    public const int Limit = 64 * 1024;
    private const int MostElements = 3000, Deepest = 32;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly SearchValues<char> Suspect = SearchValues.Create("\\<&@{}");
    private static readonly FrozenSet<string> Shapes = Set("path rect circle ellipse line polyline polygon text");
    private static readonly FrozenSet<string> Elements = Set("svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient stop clipPath mask");
    private static readonly FrozenSet<string> Attributes = Set("id viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points dx dy rotate transform gradientTransform gradientUnits spreadMethod offset clipPathUnits maskUnits maskContentUnits role aria-hidden");
    private static readonly FrozenSet<string> Presentation = Set("fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity color stop-color stop-opacity clip-path clip-rule mask font-family font-size font-weight font-style letter-spacing text-anchor dominant-baseline visibility display");

    /// <summary>The clean drawing, or a sentence for whoever chose it.</summary>
    public static (string? Svg, Refusal? Refusal) Clean(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > Limit) return (null, new($"The SVG has {Encoding.UTF8.GetByteCount(text) / 1024} KB, the limit is {Limit / 1024} KB. Simplify it, or use a PNG of up to 200 KB."));
        XElement root;
        try { root = Parse(text); }
        catch (XmlException e) { return (null, new($"The SVG cannot be read: {e.Message} Export it again from your drawing program.")); }
        if (root.Name.LocalName != "svg") return (null, new($"The file is not an SVG drawing: it begins with <{root.Name.LocalName}>."));
        if (root.Descendants().Any(e => e.Name.LocalName == "style" && !string.IsNullOrWhiteSpace(e.Value))) return (null, new("The SVG keeps its colours in a style sheet, which is not taken over. Export it with presentation attributes, or use a PNG."));
        var left = MostElements;
        var clean = Rebuild(root, 0, ref left);
        if (left < 0) return (null, new($"The SVG has more than {MostElements} parts or nests deeper than {Deepest}. Simplify it, or use a PNG."));
        if (clean is null || !clean.Descendants().Any(e => Shapes.Contains(e.Name.LocalName))) return (null, new("Nothing of the SVG may be shown: it has no shapes or text of its own. Export it as plain shapes, or use a PNG."));
        return Sized(clean) ? (clean.ToString(SaveOptions.DisableFormatting), null) : (null, new("The SVG does not say how large it is. Give it a viewBox, or a width and height."));
    }

    private static XElement Parse(string text)
    {
        // a DOCTYPE is passed over unread, so no entity can grow or fetch anything
        using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
        return XElement.Load(reader);
    }

    private static XElement? Rebuild(XElement from, int depth, ref int left)
    {
        if (!Elements.Contains(from.Name.LocalName) || (from.Name.Namespace != Svg && from.Name.Namespace != XNamespace.None)) return null;
        if (depth > Deepest) left = 0;
        if (--left < 0) return null;
        var clean = new XElement(Svg + from.Name.LocalName);
        foreach (var (name, value) in from.Attributes().Where(a => !a.IsNamespaceDeclaration).SelectMany(Allowed)) clean.SetAttributeValue(name, value);
        foreach (var node in from.Nodes())
        {
            if (node is XElement element && Rebuild(element, depth + 1, ref left) is { } child) clean.Add(child);
            if (node is XText words && from.Name.LocalName is "text" or "tspan" or "title" or "desc") clean.Add(new XText(((XText)node).Value));
        }
        return clean;
    }

    private static IEnumerable<(string Name, string Value)> Allowed(XAttribute attribute)
    {
        var name = attribute.Name.LocalName;
        if (name == "href" && LocalReference().IsMatch(attribute.Value)) return [("href", attribute.Value)];
        if (attribute.Name.Namespace != XNamespace.None) return [];
        if (name == "style") return Declarations(attribute.Value);
        return (Attributes.Contains(name) || Presentation.Contains(name)) && IsHarmless(attribute.Value) ? [(name, attribute.Value)] : [];
    }

    // drawing programs write fill and stroke into style; as attributes they need no style sheet
    private static IEnumerable<(string, string)> Declarations(string style) =>
        from declaration in style.Split(';', StringSplitOptions.RemoveEmptyEntries)
        let parts = declaration.Split(':', 2, StringSplitOptions.TrimEntries)
        where parts.Length == 2 && Presentation.Contains(parts[0]) && IsHarmless(parts[1])
        select (parts[0], parts[1]);

    private static bool IsHarmless(string value) =>
        LocalPaint().IsMatch(value.Trim()) || (!value.Contains("url", StringComparison.OrdinalIgnoreCase) && !value.Contains(':', StringComparison.Ordinal) && value.AsSpan().IndexOfAny(Suspect) < 0);

    private static bool Sized(XElement svg)
    {
        if (svg.Attribute("viewBox") is not null) return true;
        if (Number(svg, "width") is not { } width || Number(svg, "height") is not { } height) return false;
        svg.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {width} {height}"));
        return true;
    }

    private static double? Number(XElement svg, string name) =>
        double.TryParse(svg.Attribute(name)?.Value.Replace("px", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^#[\w.-]{1,80}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LocalReference();

    [GeneratedRegex(@"^url\(['""]?#[\w.-]{1,80}['""]?\)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LocalPaint();
}
