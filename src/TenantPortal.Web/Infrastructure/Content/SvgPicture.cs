using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>A drawing that can only draw: elements and attributes of an allow-list, no script, no styles, no reference outside itself.</summary>
public static class SvgPicture
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use", "marker", "pattern",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "id", "class", "role", "aria-label", "aria-labelledby", "aria-hidden", "viewBox", "width", "height", "preserveAspectRatio", "version", "lang",
        "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "dx", "dy", "points", "transform", "pathLength", "rotate",
        "fill", "fill-opacity", "fill-rule", "clip-rule", "clip-path", "mask", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "stroke-miterlimit",
        "opacity", "color", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "alignment-baseline", "baseline-shift", "letter-spacing", "textLength", "lengthAdjust", "vector-effect",
        "gradientUnits", "gradientTransform", "spreadMethod", "offset", "stop-color", "stop-opacity", "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits", "patternContentUnits", "patternTransform",
        "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient", "marker-start", "marker-mid", "marker-end", "href", "display", "visibility", "shape-rendering", "text-rendering", "paint-order",
    };

    /// <summary>The drawing written anew from what is allowed; null when it is refused, with each problem noted.</summary>
    public static byte[]? Read(ContentFile file)
    {
        XDocument drawing;
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = ContentFile.MostBytes, IgnoreComments = true, IgnoreProcessingInstructions = true };
            using var reader = XmlReader.Create(new StringReader(file.Text), settings);
            drawing = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            file.Problem(Math.Max(1, e.LineNumber), "This is no valid SVG: " + (e.Message.Contains("DTD", StringComparison.Ordinal) ? "a document type (<!DOCTYPE …>) is not allowed." : e.Message));
            return null;
        }
        var fine = true;
        if (drawing.Root!.Name != XName.Get("svg", Namespace)) (fine, _) = (false, Refuse(file, drawing.Root, $"A drawing is an <svg xmlns=\"{Namespace}\">."));
        foreach (var element in drawing.Descendants()) fine &= IsAllowed(file, element);
        return fine ? Encoding.UTF8.GetBytes(drawing.Root.ToString(SaveOptions.DisableFormatting)) : null;
    }

    private static bool IsAllowed(ContentFile file, XElement element)
    {
        if (element.Name.NamespaceName != Namespace || !Elements.Contains(element.Name.LocalName)) return Refuse(file, element, $"<{element.Name.LocalName}> is not allowed in a drawing.");
        var fine = true;
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            var isHref = attribute.Name.LocalName == "href" && attribute.Name.NamespaceName is "" or "http://www.w3.org/1999/xlink";
            var isLanguage = attribute.Name == XNamespace.Xml + "lang" || attribute.Name == XNamespace.Xml + "space";
            if (!isHref && !isLanguage && (attribute.Name.NamespaceName.Length > 0 || !Attributes.Contains(attribute.Name.LocalName))) fine = Refuse(file, element, $"The attribute {attribute.Name.LocalName} is not allowed in a drawing.");
            else if (isHref ? !attribute.Value.StartsWith('#') : Leads(attribute.Value)) fine = Refuse(file, element, $"{attribute.Name.LocalName} leads outside the drawing; only #id is allowed.");
        }
        return fine;
    }

    private static bool Leads(string value)
    {
        for (var at = value.IndexOf("url", StringComparison.OrdinalIgnoreCase); at >= 0; at = value.IndexOf("url", at + 3, StringComparison.OrdinalIgnoreCase))
            if (!value.AsSpan(at).StartsWith("url(#", StringComparison.Ordinal)) return true;
        return value.Contains("javascript:", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Refuse(ContentFile file, XElement element, string reason)
    {
        file.Problem(((IXmlLineInfo)element).LineNumber, reason);
        return false;
    }
}
