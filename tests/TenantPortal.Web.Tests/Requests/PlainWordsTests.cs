using System.Text.RegularExpressions;
using System.Xml.Linq;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Requests;

/// <summary>Contacts read plain words: in the sentences of their pages, in mails, and on the pages as they come out.</summary>
public sealed class PlainWordsTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly Regex Jargon = new(@"\b(runbooks?|tenants?|SLAs?|P1|escalat\w*|verdicts?|deflect\w*|incidents?)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    private static readonly string[] ContactFeatures = ["Portal", "Reporting", "Requests", "SelfService"];

    [Fact]
    public void No_sentence_for_contacts_uses_our_own_words()
    {
        var features = Path.Combine(Server.Folder, "src", "TenantPortal.Web", "Features");
        var sentences = ContactFeatures.Select(f => Path.Combine(features, f, "Words.resx")).Where(File.Exists)
            .SelectMany(file => XDocument.Load(file).Descendants("data").Select(d => (Where: $"{Path.GetFileName(Path.GetDirectoryName(file))} {d.Attribute("name")!.Value}", Text: d.Element("value")!.Value))).ToList();
        Assert.True(sentences.Count > 150, $"only {sentences.Count} sentences were found");
        Assert.DoesNotContain(sentences, s => Jargon.IsMatch(s.Text));
        Assert.DoesNotContain(sentences, s => s.Text.Contains('!', StringComparison.Ordinal));
    }

    [Fact]
    public void No_mail_to_a_contact_uses_our_own_words()
    {
        var mails = Directory.GetFiles(Path.Combine(Server.Folder, "content", "mail"), "*.txt");
        Assert.NotEmpty(mails);
        Assert.Empty(mails.Where(mail => Jargon.IsMatch(File.ReadAllText(mail))).Select(Path.GetFileName));
    }

    [Fact]
    public async Task No_page_of_a_contact_shows_our_own_words()
    {
        var acorn = portal.World.Acorn;
        var ticket = await portal.SendAsync(acorn.Id, Desk.Report(acorn, "The fan is loud"));
        using var browser = await portal.AsAsync(acorn.Manager);
        foreach (var address in new[] { "", "/requests", "/requests?company=true", $"/requests/{ticket.Number}", "/report", "/ask", "/you" })
        {
            var page = await browser.PageAsync(acorn.Door + address);
            Assert.DoesNotMatch(Jargon, page.Body!.TextContent);
            Assert.NotEmpty(page.QuerySelectorAll("main h1"));
        }
    }
}
