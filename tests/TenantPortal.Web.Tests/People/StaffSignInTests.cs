using System.Net;
using System.Text.RegularExpressions;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Tests.People;

/// <summary>Staff: password, then a code of the authenticator app that counts once, or a recovery code.</summary>
public sealed partial class StaffSignInTests(Portal portal) : IClassFixture<Portal>
{
    private sealed record Hired(string Address, string Key, IReadOnlyList<string> Recovery, HttpClient Browser);

    private string Code(Hired member) => Totp.CodeAt(member.Key, portal.Clock.GetUtcNow());

    [Fact]
    public async Task From_the_invitation_to_the_desk_with_an_app_that_is_asked_for_from_then_on()
    {
        var rosa = await HireAsync("Rosa Field");
        Assert.True(await rosa.Browser.IsInAsync("/desk/you"));
        Assert.Equal(10, rosa.Recovery.Distinct().Count());

        using var next = portal.Browser(follow: false);
        Assert.Equal("/desk/sign-in/code?back=%2Fdesk%2Fnotices", (await next.PressAsync("/desk/sign-in?back=/desk/notices", null, ("Input.Email", rosa.Address), ("Input.Password", Visitors.Password))).Next);
        Assert.False(await next.IsInAsync("/desk/you"));
        portal.Clock.PutForward(TimeSpan.FromSeconds(30));
        Assert.Contains("does not fit", (await next.PressAsync("/desk/sign-in/code", null, ("code", "000000"))).Body, StringComparison.Ordinal);
        Assert.Equal("/desk/notices", (await next.PressAsync("/desk/sign-in/code?back=/desk/notices", null, ("code", Code(rosa)))).Next);
        Assert.True(await next.IsInAsync("/desk/you"));
    }

    [Fact]
    public async Task The_same_code_a_second_time_is_refused_and_the_next_one_is_not()
    {
        var sven = await HireAsync("Sven Hill");
        portal.Clock.PutForward(TimeSpan.FromSeconds(30));
        var code = Code(sven);
        using var first = await AtCodeAsync(sven);
        using var second = await AtCodeAsync(sven);
        var forms = new[] { (first, (await first.PageAsync("/desk/sign-in/code")).Fill("", ("code", code))), (second, (await second.PageAsync("/desk/sign-in/code")).Fill("", ("code", code))) };
        var answers = await Task.WhenAll(forms.Select(f => f.Item1.SendAsync("/desk/sign-in/code", f.Item2)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        using var third = await AtCodeAsync(sven);
        Assert.Null((await third.PressAsync("/desk/sign-in/code", null, ("code", code))).Next);
        portal.Clock.PutForward(TimeSpan.FromSeconds(30));
        Assert.Equal("/desk", (await third.PressAsync("/desk/sign-in/code", null, ("code", Code(sven)))).Next);
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_the_others_stay()
    {
        var tess = await HireAsync("Tess Moor");
        using var first = await AtCodeAsync(tess);
        Assert.Equal("/desk", (await first.PressAsync("/desk/sign-in/code", null, ("code", tess.Recovery[3].ToLowerInvariant()))).Next);
        using var second = await AtCodeAsync(tess);
        using var third = await AtCodeAsync(tess);
        Assert.Null((await second.PressAsync("/desk/sign-in/code", null, ("code", tess.Recovery[3]))).Next);
        var forms = new[] { (second, (await second.PageAsync("/desk/sign-in/code")).Fill("", ("code", tess.Recovery[4]))), (third, (await third.PageAsync("/desk/sign-in/code")).Fill("", ("code", tess.Recovery[4]))) };
        Assert.Single(await Task.WhenAll(forms.Select(f => f.Item1.SendAsync("/desk/sign-in/code", f.Item2))), a => a.StatusCode == HttpStatusCode.Redirect);
        using var fourth = await AtCodeAsync(tess);
        Assert.Null((await fourth.PressAsync("/desk/sign-in/code", null, ("code", tess.Recovery[4]))).Next);
        Assert.Equal("/desk", (await fourth.PressAsync("/desk/sign-in/code", null, ("code", tess.Recovery[5]))).Next);
    }

    [Fact]
    public async Task Guessing_codes_locks_the_second_step_also_for_the_right_code()
    {
        var umar = await HireAsync("Umar Dale");
        portal.Clock.PutForward(TimeSpan.FromSeconds(30));
        using var guesser = await AtCodeAsync(umar);
        for (var i = 0; i < 8; i++) Assert.Null((await guesser.PressAsync("/desk/sign-in/code", null, ("code", $"00000{i}"))).Next);
        Assert.Null((await guesser.PressAsync("/desk/sign-in/code", null, ("code", Code(umar)))).Next);
    }

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_mail_and_the_app_is_still_asked_for()
    {
        var vera = await HireAsync("Vera Cole");
        using var browser = portal.Browser(follow: false);
        var known = await browser.PressAsync("/desk/sign-in", "Forgot", ("Input.Email", vera.Address));
        var unknown = await browser.PressAsync("/desk/sign-in", "Forgot", ("Input.Email", "nobody@maple.example"));
        Assert.Equal(Visitors.Bare(unknown.Body, "nobody@maple.example"), Visitors.Bare(known.Body, vera.Address));
        var links = await portal.LinksAsync("msp", vera.Address, "/desk/sign-in/password?token=", 2);
        Assert.Equal("/desk/sign-in/code", (await browser.PressAsync(links[1], null, ("password", "another three words"))).Next);
        Assert.False(await browser.IsInAsync("/desk/you"));
        Assert.False(await vera.Browser.IsInAsync("/desk/you"));
        portal.Clock.PutForward(TimeSpan.FromSeconds(30));
        Assert.Equal("/desk", (await browser.PressAsync("/desk/sign-in/code", null, ("code", Code(vera)))).Next);
        Assert.Null((await browser.PressAsync(links[1], null, ("password", "yet another three"))).Next);
        Assert.Empty(Mailbox.Read(portal, "msp", "nobody@maple.example"));
    }

    [Fact]
    public async Task Without_the_first_step_there_is_no_second_and_no_app_to_set_up()
    {
        using var browser = portal.Browser(follow: false);
        foreach (var page in new[] { "/desk/sign-in/code", "/desk/sign-in/enrol" }) Assert.False(await browser.IsInAsync(page));
    }

    private async Task<HttpClient> AtCodeAsync(Hired member)
    {
        var browser = portal.Browser(follow: false);
        Assert.Equal("/desk/sign-in/code", (await browser.PressAsync("/desk/sign-in", null, ("Input.Email", member.Address), ("Input.Password", Visitors.Password))).Next);
        return browser;
    }

    private async Task<Hired> HireAsync(string name)
    {
        var address = $"{name.Split(' ')[0].ToLowerInvariant()}.{Guid.NewGuid():n}@maple.example";
        using var olive = await portal.AsAsync(portal.World.Olive);
        using (var invited = await olive.SendAsync("/admin/people?handler=Invite", (await olive.PageAsync("/admin/people")).Fill("handler=Invite", ("Input.Name", name), ("Input.Email", address), ("Input.Roles", "Engineer"), ("Input.Clients", "acorn"))))
            Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        var browser = portal.Browser(follow: false);
        Assert.Equal("/desk/sign-in/enrol", (await browser.PressAsync(await portal.LinkAsync("msp", address, "/desk/sign-in/password?token="), null, ("password", Visitors.Password))).Next);
        var enrol = await browser.PageAsync("/desk/sign-in/enrol");
        var key = Key().Match(enrol.QuerySelector("main .mono")!.TextContent).Value;
        using var done = await browser.SendAsync("/desk/sign-in/enrol", enrol.Fill("", ("code", Totp.CodeAt(key, portal.Clock.GetUtcNow()))));
        var codes = Forms.Read(await done.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).QuerySelectorAll("main ul.mono li").Select(c => c.TextContent).ToList();
        Assert.NotEmpty(codes);
        return new(address, key, codes, browser);
    }


    [GeneratedRegex("[A-Z2-7]{32}", RegexOptions.None, 1000)] private static partial Regex Key();
}
