using System.Text;
using System.Xml.Linq;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Tests.Looks;

public sealed class SafeSvgTests
{
    private const string Open = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">""";

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>",
        """<script xlink:href="//evil.example/x.js"/>""",
        """<g onclick="alert(1)" onload="alert(1)"/>""",
        """<a xlink:href="javascript:alert(1)"><text>alert</text></a>""",
        """<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>""",
        """<image href="https://evil.example/pixel.png"/>""",
        """<use href="https://evil.example/alert.svg#x"/>""",
        """<use href="#a"/><g id="a"><use href="#a"/></g>""",
        """<animate attributeName="href" values="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>""",
        """<rect fill="url(https://evil.example/alert)"/>""",
        """<rect fill="url(&#x68;ttps://evil.example/alert)"/>""",
        """<rect fill="u\72l(//evil.example)"/>""",
        """<rect style="fill:red;background:url(//evil.example);behavior:url(#alert)"/>""",
        """<linearGradient id="g" xlink:href="https://evil.example/alert"/>""",
        """<handler type="text/javascript">alert(1)</handler>""",
        """<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>""",
        """<metadata><alert/></metadata>""",
        """<filter id="f"><feImage href="https://evil.example/alert"/></filter>""",
        "<?xml-stylesheet href=\"https://evil.example/alert.css\"?>",
        "<!-- alert -->",
        """<text><![CDATA[<script>]]></text>""",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void What_is_hostile_is_left_out_and_the_drawing_stays(string part)
    {
        var (svg, refusal) = SafeSvg.Clean($"""{Open}{part}<path d="M0 0h9v9z" fill="#0B6E8A"/></svg>""");
        Assert.Null(refusal);
        Assert.Contains("""<path d="M0 0h9v9z" fill="#0B6E8A" />""", svg, StringComparison.Ordinal);
        foreach (var bad in new[] { "alert", "evil", "<script", "javascript", "onload", "onclick", "<use", "<image", "foreignObject", "\\" }) Assert.DoesNotContain(bad, svg, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_drawing_of_the_usual_programs_survives()
    {
        var (svg, refusal) = SafeSvg.Clean("""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120px" height="40px">
              <defs><linearGradient id="a"><stop offset="0" style="stop-color:#fff;stop-opacity:1"/></linearGradient><linearGradient id="b" xlink:href="#a" x1="0" x2="1"/></defs>
              <g transform="translate(2 2)"><rect width="20" height="20" fill="url(#b)" style="stroke:#123456"/><text x="4" y="9">Acorn &amp; Sons</text></g>
            </svg>
            """);
        Assert.Null(refusal);
        var root = XElement.Parse(svg!);
        Assert.Equal("0 0 120 40", root.Attribute("viewBox")!.Value);
        Assert.Equal(("url(#b)", "#123456"), (Only("rect").Attribute("fill")!.Value, Only("rect").Attribute("stroke")!.Value));
        Assert.Equal("#fff", Only("stop").Attribute("stop-color")!.Value);
        Assert.Equal("Acorn & Sons", Only("text").Value);
        Assert.Contains("href=\"#a\"", svg, StringComparison.Ordinal);
        XElement Only(string name) => root.Descendants().Single(e => e.Name.LocalName == name);
    }

    [Theory]
    [InlineData("not a drawing", "cannot be read")]
    [InlineData("<html><body/></html>", "begins with <html>")]
    [InlineData("<svg viewBox='0 0 1 1'><script>1</script></svg>", "no shapes or text")]
    [InlineData("<svg><rect/></svg>", "how large it is")]
    [InlineData("<svg viewBox='0 0 1 1'><style>.a{fill:red}</style><rect class='a'/></svg>", "style sheet")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>]><svg viewBox='0 0 1 1'><text>&a;</text></svg>", "cannot be read")]
    public void What_cannot_be_shown_is_refused_with_a_sentence(string text, string reason) => Assert.Contains(reason, SafeSvg.Clean(text).Refusal!.Sentence, StringComparison.Ordinal);

    [Fact]
    public void Large_and_deep_drawings_are_refused()
    {
        Assert.Contains("the limit is 64 KB", SafeSvg.Clean($"{Open}<path d=\"{new string('1', 70_000)}\"/></svg>").Refusal!.Sentence, StringComparison.Ordinal);
        var deep = string.Concat(Enumerable.Repeat("<g>", 3000)) + "<rect/>" + string.Concat(Enumerable.Repeat("</g>", 3000));
        Assert.Contains("nests deeper", SafeSvg.Clean($"{Open}{deep}</svg>").Refusal!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PNG_is_framed_and_a_damaged_or_huge_one_refused()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 64, 0, 0, 0, 32, 8, 6, 0, 0, 0];
        Assert.StartsWith("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32"><image width="64" height="32" href="data:image/png;base64,iVBOR""", LogoFile.Read(png).Svg, StringComparison.Ordinal);
        Assert.Contains("damaged", LogoFile.Read(png.AsSpan(0, 15)).Refusal!.Sentence, StringComparison.Ordinal);
        Assert.Contains("larger than 200 KB", LogoFile.Read([.. png, .. new byte[LogoFile.PngLimit]]).Refusal!.Sentence, StringComparison.Ordinal);
        png[16] = 1;
        Assert.Contains("16777280 by 32 pixels", LogoFile.Read(png).Refusal!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_neither_is_refused() =>
        Assert.Contains("neither an SVG", LogoFile.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<svg/>")]).Refusal!.Sentence, StringComparison.Ordinal);
}
