using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TenantPortal.Web.Tests.Looks;

/// <summary>Reads the sources: a key without a sentence would be shown to people as the key itself.</summary>
public sealed partial class WordsTests
{
    private static readonly string Features = Path.Combine(Server.Folder, "src", "TenantPortal.Web", "Features");

    [Fact]
    public void Every_sentence_that_a_page_names_exists()
    {
        var missing = new List<string>();
        var found = 0;
        foreach (var page in Directory.GetFiles(Features, "*.cshtml", SearchOption.AllDirectories))
            foreach (Match use in Key().Matches(File.ReadAllText(page)))
            {
                found++;
                if (!Keys(page).Any(k => use.Groups["more"].Success ? k.StartsWith(use.Groups["key"].Value, StringComparison.Ordinal) : k == use.Groups["key"].Value)) missing.Add($"{Path.GetRelativePath(Features, page)}: {use.Groups["key"].Value}");
            }
        Assert.True(found > 50, $"Only {found} keys were found: the pattern no longer reads the pages.");
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_feature_with_sentences_has_the_class_that_names_them() =>
        Assert.All(Directory.GetFiles(Features, "Words.resx", SearchOption.AllDirectories), words => Assert.True(File.Exists(Path.ChangeExtension(words, ".cs")), words));

    [Fact]
    public void No_page_carries_script_or_style_of_its_own()
    {
        var pages = Directory.GetFiles(Features, "*.cshtml", SearchOption.AllDirectories);
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.DoesNotMatch(Inline(), File.ReadAllText(page)));
    }

    // a page of a folder below its feature uses the feature's words
    private static HashSet<string> Keys(string page)
    {
        for (var folder = Path.GetDirectoryName(page)!; folder.StartsWith(Features, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder)!)
            if (Path.Combine(folder, "Words.resx") is var words && File.Exists(words))
                return [.. XDocument.Load(words).Root!.Elements("data").Select(d => d.Attribute("name")!.Value)];
        return [];
    }

    // "Impact" + name is a family: at least one of it must exist
    [GeneratedRegex(@"\bT\[\$?""(?<key>[^""{]+)(""\s*(?<more>\+)|""|(?<more>\{))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"<style|\sstyle=""|\son[a-z]+=""|<script(?![^>]*\ssrc=)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();
}
