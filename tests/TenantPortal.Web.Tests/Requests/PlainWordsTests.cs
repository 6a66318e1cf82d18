using System.Text.RegularExpressions;
using System.Xml.Linq;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Tests.People;
using TenantPortal.Web.Tests.SelfService;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Requests;

/// <summary>Contacts read plain words: in the sentences of their pages, in mails, and on the pages as they come out.</summary>
public sealed class PlainWordsTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly Regex Jargon = new(@"\b(runbooks?|tenants?|SLAs?|P[1-4]|escalat\w*|verdicts?|deflect\w*|incidents?)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    private static readonly string[] ContactFeatures = ["Portal", "Reporting", "Requests", "SelfService", "Live"];

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

    [Fact]
    public async Task No_page_and_no_mail_shows_our_own_words_whatever_happened_to_a_request()
    {
        await GuideWorld.FurnishAsync(portal);
        var acorn = portal.World.Acorn;
        var priya = Desk.Of(portal.World.Priya);
        var urgent = await portal.SendAsync(acorn.Id, Desk.Report(acorn, "Tills hanging since lunch", "All tills are down, nobody can pay."));
        Assert.Equal(Priority.P1, urgent.Priority);
        var (failed, _) = await portal.AskAsync(acorn);
        using var eve = await portal.AsAsync(acorn.Employee);
        var reading = new GuideReading(eve, acorn, failed);
        await reading.LookAsync();
        await reading.AnswerAsync("Didnt");
        await reading.AnswerAsync("Couldnt");
        await reading.CloseAsync("No", "It is still full of chalk");
        var (silent, _) = await portal.AskAsync(acorn);
        await portal.ChangeAsync(failed, (t, now) => t.Take(portal.World.Priya.Id, priya, now));
        await portal.ChangeAsync(failed, (t, now) => t.StaffReplies("Please send the model.", true, Channel.Portal, priya, now));
        var solved = await portal.SendAsync(acorn.Id, Desk.Report(acorn, "The drawer sticks"));
        await portal.ChangeAsync(solved, (t, now) => t.Resolve(new("Oiled the drawer.", "Dry rails", null, null, null), null, priya, now));
        var again = await portal.SendAsync(acorn.Id, Desk.Report(acorn, "The lamp is dark"));
        await portal.ChangeAsync(again, (t, now) => t.Resolve(new("New bulb.", null, null, null, null), null, priya, now));
        await portal.ChangeAsync(again, (t, now) => t.Reopen("Dark again", Desk.Eve(acorn), now));
        await GuideWorld.EventuallyAsync(() => Task.FromResult(Mailbox.Read(portal, "acorn", acorn.Employee.Email).Count(m => m.Contains("Oiled the drawer.", StringComparison.Ordinal) || m.Contains("Please send the model.", StringComparison.Ordinal)) >= 2));

        var pages = await CrawlAsync(eve, acorn.Door);
        foreach (var ticket in new[] { urgent, failed, silent, solved, again }) Assert.Contains(pages.Keys, address => address.Split('?')[0].EndsWith($"/requests/{ticket.Number}", StringComparison.Ordinal));
        Assert.True(pages.Count > 15, string.Join('\n', pages.Keys));
        Assert.Empty(pages.SelectMany(page => Jargon.Matches(page.Value).Select(word => $"{page.Key}: {word.Value}")));
        var mails = Mailbox.Read(portal, "acorn", acorn.Employee.Email);
        Assert.True(mails.Count >= 5, $"only {mails.Count} mails");
        Assert.Empty(mails.SelectMany(mail => Jargon.Matches(mail[mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]).Select(word => $"{word.Value} in {mail[..300]}")));
    }

    private static async Task<Dictionary<string, string>> CrawlAsync(HttpClient browser, string start)
    {
        var (pages, open) = (new Dictionary<string, string>(), new Queue<string>([start, start + "/report", start + "/you"]));
        while (open.TryDequeue(out var address) && pages.Count < 60)
        {
            if (pages.ContainsKey(address)) continue;
            using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = Forms.Read(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            pages[address] = page.Body!.TextContent;
            foreach (var link in page.QuerySelectorAll($"a[href^='{start}']").Select(a => a.GetAttribute("href")!.Split('#')[0])) open.Enqueue(link);
        }
        return pages;
    }
}
