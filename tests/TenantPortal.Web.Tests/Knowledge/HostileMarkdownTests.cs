using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Tests.Knowledge;

public sealed class HostileMarkdownTests
{
    public static TheoryData<string> Corpus { get; } =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<a href=\"javascript:alert(1)\" onclick=alert(1)>x</a>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript&colon;alert(1))", "[x](javascript&#58;alert(1))",
        "[x](vbscript:msgbox(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](file:///etc/passwd)", "[x](//evil.example/x)", "[x](/c/birch/guides)", "[x](http://plain.example)", "[x](\\\\server\\share)",
        "[x](https://ok.example \"onmouseover=alert(1)\")", "[x](https://ok.example\"onmouseover=alert(1))", "[x](<https://ok.example/ onclick=alert(1)>)",
        "[x][r]\n\n[r]: javascript:alert(1)", "[r]\n\n[r]: javascript:alert(1) \"t\"", "<javascript:alert(1)>", "<data:text/html,x>",
        "![x](javascript:alert(1))", "![x](https://evil.example/pixel.png)", "![x](media/../../secret.png)", "![x](data:image/svg+xml,<svg onload=alert(1)>)", "![\"onerror=alert(1)](media/a.png)", "![x](media/a.png \"\" onerror=alert(1))",
        "[![x](javascript:alert(1))](javascript:alert(2))", "[![x](media/a.png)](data:text/html,x)", "> - [x](javascript:alert(1))\n>   1. <img src=x onerror=alert(1)>",
        "```html\n<script>alert(1)</script>\n```", "`<script>alert(1)</script>`", "```\"><script>alert(1)</script>\nx\n```",
        "| a | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "<!-- --><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?php echo 1 ?>",
        "\uE002javascript:alert(1)\uE003", "[x](\uE002javascript:alert(1)\uE003)", "[x](\uE000a.b\uE001javascript:alert(1))", "[x]({{a.b}}javascript:alert(1))", "[x](javascript:{{a.b}})", "[x](#link-0)", "![x](#picture-0)",
        "# <img src=x onerror=alert(1)>", "* [ ] <input autofocus onfocus=alert(1)>", "<base href=https://evil.example/>", "<form action=https://evil.example><button>x</button></form>", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    ];

    private static readonly string[] Elements = ["p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "a", "img", "blockquote", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"];
    private static readonly string[] Attributes = ["href", "rel", "src", "alt", "loading", "start"];

    [Theory, MemberData(nameof(Corpus))]
    public void Hostile_markdown_is_inert_whatever_a_value_says(string markdown)
    {
        foreach (var value in new[] { "javascript:alert(1)", "\"><script>alert(1)</script>", "https://ok.example/" })
        {
            var filled = GuideMarkers.FillHtml(GuideHtml.Render(markdown, "pack"), _ => value);
            // a link that a value spoils refuses the whole guide
            if (filled is null) continue;
            foreach (var element in new HtmlParser().ParseDocument("<!doctype html><body>" + filled).Body!.QuerySelectorAll("*")) AssertInert(element);
            Assert.DoesNotContain("{{", filled, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[mail](https://mail.example/?a=1&b=2)", "<p><a href=\"https://mail.example/?a=1&amp;b=2\" rel=\"noreferrer\">mail</a></p>")]
    [InlineData("[call](tel:+44201234)", "<p><a href=\"tel:+44201234\" rel=\"noreferrer\">call</a></p>")]
    [InlineData("<help@maple.example>", "<p><a href=\"mailto:help@maple.example\" rel=\"noreferrer\">help@maple.example</a></p>")]
    [InlineData("[**bold** words](javascript:x)", "<p><strong>bold</strong> words</p>")]
    [InlineData("Press `<F2>` & **wait**", "<p>Press <code>&lt;F2&gt;</code> &amp; <strong>wait</strong></p>")]
    [InlineData("![A page](media/a.png)", "<p><img src=\"\uE004pack/a.png\" alt=\"A page\" loading=\"lazy\"></p>")]
    [InlineData("## Big", "<h3>Big</h3>")]
    public void Honest_markdown_keeps_what_it_means(string markdown, string html) => Assert.Equal(html, GuideHtml.Render(markdown, "pack"));

    [Fact]
    public void A_value_is_encoded_in_text_and_judged_in_a_link()
    {
        var html = GuideHtml.Render("Ask {{a.name}} at [the page]({{a.url}}) or [write](mailto:{{a.mail}}) or [ring](tel:{{a.phone}}).", "pack");
        string? Value(string name) => name switch { "a.name" => "O'Hara & <b>", "a.url" => "https://x.example/?q=\"1", "a.mail" => "a@b.example", _ => "+44 20 1" };
        Assert.Null(GuideMarkers.FillHtml(html, Value));
        Assert.Equal("""<p>Ask O&#39;Hara &amp; &lt;b&gt; at <a href="https://x.example/" rel="noreferrer">the page</a> or <a href="mailto:a@b.example" rel="noreferrer">write</a> or <a href="tel:+44201" rel="noreferrer">ring</a>.</p>""",
            GuideMarkers.FillHtml(html, name => name == "a.url" ? "https://x.example/" : Value(name)));
    }

    [Theory, InlineData("{{ a.b }}"), InlineData("&#123;&#123;a.b}}"), InlineData("\\{\\{a.b}}"), InlineData("{{a.b"), InlineData("&#xE000;x"), InlineData("{{A.B}}")]
    public void Braces_that_are_no_value_are_found_before_they_reach_a_page(string markdown) => Assert.True(GuideMarkers.IsBroken(GuideHtml.Render(markdown, "pack")));

    private static void AssertInert(IElement element)
    {
        Assert.Contains(element.LocalName, Elements);
        foreach (var attribute in element.Attributes) Assert.Contains(attribute.Name, Attributes);
        if (element.GetAttribute("href") is { } href) Assert.Matches("^(https://|mailto:|tel:)", href);
        if (element.GetAttribute("src") is { } src) Assert.Matches("^\uE004pack/[A-Za-z0-9_-][A-Za-z0-9._-]*$", src);
    }
}
