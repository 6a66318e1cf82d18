using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.People;

/// <summary>Signing in by a mailed link: once, soon, by the person only, and without telling who is known.</summary>
public sealed class MailedLinkTests(Portal portal) : IClassFixture<Portal>
{
    private const string LinkPath = "/sign-in/link?token=";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World.Twin Acorn => portal.World.Acorn;
    private string SignIn => $"{Acorn.Door}/sign-in";

    [Fact]
    public async Task A_link_signs_in_once_and_its_address_goes_back_to_where_the_person_was()
    {
        var tom = await portal.JoinAsync(Acorn, "Tom");
        using var browser = portal.Browser(follow: false);
        Assert.Equal(HttpStatusCode.OK, (await browser.PressAsync($"{SignIn}?back={Uri.EscapeDataString($"{Acorn.Door}/requests")}", "Link", ("Input.Email", $" {tom.Email.ToUpperInvariant()} "))).Status);
        var link = await portal.LinkAsync("acorn", tom.Email, LinkPath);
        Assert.False(await browser.IsInAsync($"{Acorn.Door}/you"));
        Assert.Equal($"{Acorn.Door}/requests", (await browser.PressAsync(link, null)).Next);
        Assert.True(await browser.IsInAsync($"{Acorn.Door}/you"));

        using var second = portal.Browser(follow: false);
        Assert.Contains("does not work any more", await second.GetStringAsync(new Uri(link, UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.False(await second.IsInAsync($"{Acorn.Door}/you"));
    }

    [Fact]
    public async Task Two_presses_at_the_same_moment_open_one_session()
    {
        var link = await AskAsync("Uma");
        var browsers = Enumerable.Range(0, 6).Select(_ => portal.Browser(follow: false)).ToList();
        var forms = new List<(HttpClient Browser, MultipartFormDataContent Form)>();
        foreach (var browser in browsers) forms.Add((browser, (await browser.PageAsync(link)).Fill("")));
        var answers = await Task.WhenAll(forms.Select(f => f.Browser.SendAsync(link, f.Form)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_link_scanner_does_not_use_the_link_up()
    {
        var link = await AskAsync("Ana");
        using var scanner = portal.Browser(follow: false);
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(method, link);
            using var seen = await scanner.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            Assert.DoesNotContain(seen.Headers, h => h.Key == "Set-Cookie" && h.Value.Any(v => v.StartsWith("portal.c", StringComparison.Ordinal)));
        }
        using var browser = portal.Browser(follow: false);
        Assert.Equal(Acorn.Door, (await browser.PressAsync(link, null)).Next);
    }

    [Fact]
    public async Task After_fifteen_minutes_a_link_is_gone_also_when_its_page_was_open()
    {
        var link = await AskAsync("Ben");
        using var browser = portal.Browser(follow: false);
        var open = await browser.PageAsync(link);
        portal.Clock.PutForward(TimeSpan.FromMinutes(14));
        Assert.NotEmpty((await browser.PageAsync(link)).QuerySelectorAll("main form"));
        portal.Clock.PutForward(TimeSpan.FromMinutes(2));
        using var late = await browser.SendAsync(link, open.Fill(""));
        Assert.Contains("older than 15 minutes", await late.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(await browser.IsInAsync($"{Acorn.Door}/you"));
    }

    [Fact]
    public async Task A_link_of_one_client_opens_nothing_at_another_and_none_for_another_purpose()
    {
        var link = await AskAsync("Cleo");
        using var browser = portal.Browser(follow: false);
        var token = link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('&')[0];
        Assert.Contains("does not work any more", await browser.GetStringAsync(new Uri($"{portal.World.Birch.Door}{LinkPath}{token}", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Contains("has been used or is too old", (await browser.PressAsync($"{SignIn}/password?token={token}", null, ("password", Visitors.Password))).Body, StringComparison.Ordinal);
        Assert.Contains("has been used or is too old", (await browser.PressAsync($"/desk/sign-in/password?token={token}", null, ("password", Visitors.Password))).Body, StringComparison.Ordinal);
        Assert.Equal(Acorn.Door, (await browser.PressAsync(link, null)).Next);
    }

    [Theory]
    [InlineData("Link")]
    [InlineData("Forgot")]
    public async Task Known_unknown_and_deactivated_addresses_are_told_the_same_and_only_the_known_gets_mail(string button)
    {
        var (known, gone) = (await portal.JoinAsync(Acorn, "Dora"), await portal.JoinAsync(Acorn, "Finn", isActive: false));
        var unknown = $"nobody.{Guid.NewGuid():n}@acorn.example";
        using var browser = portal.Browser(follow: false);
        var answers = new List<(HttpStatusCode, string)>();
        // the known one last: the requests are worked on in order, so that its mail means that the others were looked at
        foreach (var address in new[] { unknown, gone.Email, known.Email })
        {
            var (status, body, _) = await browser.PressAsync(SignIn, button, ("Input.Email", address));
            answers.Add((status, Visitors.Bare(body, address)));
        }
        Assert.Equal(HttpStatusCode.OK, answers[0].Item1);
        Assert.Contains("is on its way", answers[0].Item2, StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
        await portal.LinkAsync("acorn", known.Email, button == "Link" ? LinkPath : "/sign-in/password?token=");
        Assert.Empty(Mailbox.Read(portal, "acorn", unknown));
        Assert.Empty(Mailbox.Read(portal, "acorn", gone.Email));
    }

    [Fact]
    public async Task Five_links_an_hour_are_mailed_and_after_ten_tries_one_waits()
    {
        var gus = await portal.JoinAsync(Acorn, "Gus");
        using var browser = portal.Browser(follow: false);
        var bodies = new List<string>();
        for (var i = 0; i < 11; i++) bodies.Add(Visitors.Bare((await browser.PressAsync(SignIn, "Link", ("Input.Email", gus.Email))).Body, gus.Email));
        Assert.Single(bodies.Take(10).Distinct());
        Assert.Contains("Too many tries", bodies[10], StringComparison.Ordinal);
        Assert.Contains("ADDRESS", bodies[10], StringComparison.Ordinal);
        await AskAsync("Hal");
        Assert.Equal(5, (await portal.LinksAsync("acorn", gus.Email, LinkPath, 5)).Count);
    }

    [Fact]
    public async Task A_link_to_a_request_offers_its_reader_a_sign_in_mail_and_ends_at_the_request()
    {
        var ida = await portal.JoinAsync(Acorn, "Ida");
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "The door buzzes") with { ContactId = ida.Id });
        var link = await portal.LinkAsync("acorn", ida.Email, $"{Acorn.Door}/requests/{ticket.Number}?t=");
        using var browser = portal.Browser(follow: false);
        var signIn = await NextAsync(browser, link);
        Assert.Equal(ida.Email, (await browser.PageAsync(signIn)).QuerySelector("#email")!.GetAttribute("value"));
        await browser.PressAsync(signIn, "Link");
        var next = (await browser.PressAsync(await portal.LinkAsync("acorn", ida.Email, LinkPath), null)).Next!;
        Assert.Equal($"{Acorn.Door}/requests/{ticket.Number}", next);
        Assert.Contains("The door buzzes", (await browser.PageAsync(next)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_or_foreign_link_to_a_request_meets_the_plain_sign_in_page()
    {
        var links = portal.Services.GetRequiredService<TicketLinks>();
        var own = links.Sign(Acorn.Id, new(TicketId.New(), "jo@acorn.example"));
        var foreign = links.Sign(portal.World.Birch.Id, new(TicketId.New(), "jo@acorn.example"));
        using var browser = portal.Browser(follow: false);
        async Task<string> PageAsync(string query) => Visitors.Bare(await browser.GetStringAsync(new Uri(await NextAsync(browser, $"{Acorn.Door}/requests/7{query}"), UriKind.Relative), Cancel), "?");
        var plain = await PageAsync("");
        Assert.DoesNotContain("@acorn.example", plain, StringComparison.Ordinal);
        foreach (var token in new[] { foreign, own[..^2] + (own.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"), "x", "" }) Assert.Equal(plain, await PageAsync("?t=" + token));
        portal.Clock.PutForward(TimeSpan.FromDays(1));
        Assert.Contains("jo@acorn.example", await PageAsync("?t=" + own), StringComparison.Ordinal);
    }

    private static async Task<string> NextAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private async Task<string> AskAsync(string name)
    {
        var contact = await portal.JoinAsync(Acorn, name);
        using var browser = portal.Browser(follow: false);
        await browser.PressAsync(SignIn, "Link", ("Input.Email", contact.Email));
        return await portal.LinkAsync("acorn", contact.Email, LinkPath);
    }
}
