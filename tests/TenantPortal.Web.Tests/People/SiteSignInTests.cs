using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.People;

/// <summary>A till signs in by its site's code, reports, and sees what its site reported; nothing else.</summary>
public sealed partial class SiteSignInTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_till_sees_its_sites_requests_but_nothing_personal_and_no_other_site()
    {
        var elsewhere = new Site { TenantId = Acorn.Id, Name = "Mill Lane" };
        await portal.AsAsync(Acorn.Id, async s => { var db = s.GetRequiredService<PortalDb>(); db.Add(elsewhere); await db.SaveChangesAsync(Desk.Cancel); });
        Task<Ticket> SendAsync(string subject, SiteId site, Sensitivity sensitivity) => portal.SendAsync(Acorn.Id, Desk.Report(Acorn, subject) is var input ? input with { Report = input.Report with { SiteId = site, Sensitivity = sensitivity } } : throw new InvalidOperationException());
        var (here, personal, there) = (await SendAsync("Scale is stuck", Acorn.Site.Id, Sensitivity.None), await SendAsync("Payslip is wrong", Acorn.Site.Id, Sensitivity.Personal), await SendAsync("Lamp is out", elsewhere.Id, Sensitivity.None));

        using var till = await SignedInAsync(await MakeAsync(Acorn.Site));
        var home = (await till.PageAsync(Acorn.Door)).Body!.TextContent;
        Assert.Contains("Scale is stuck", home, StringComparison.Ordinal);
        foreach (var hidden in new[] { "Payslip is wrong", "Lamp is out" }) Assert.DoesNotContain(hidden, home, StringComparison.Ordinal);
        foreach (var (ticket, status) in new[] { (here, HttpStatusCode.OK), (personal, HttpStatusCode.NotFound), (there, HttpStatusCode.NotFound) })
        {
            using var answer = await till.GetAsync(new Uri($"{Acorn.Door}/requests/{ticket.Number}", UriKind.Relative), Desk.Cancel);
            Assert.Equal(status, answer.StatusCode);
        }
        // it may report, and read its own report
        var draft = await till.PageAsync(Acorn.Door);
        Assert.NotNull(draft.QuerySelector("main form textarea, main form input[name]"));
        // who stands at the till changes nothing of its account
        var you = await till.PageAsync($"{Acorn.Door}/you");
        Assert.Null(you.QuerySelector("form[action*='handler=Password']"));
        using var eve = await portal.AsAsync(Acorn.Employee);
        Assert.NotNull((await eve.PageAsync($"{Acorn.Door}/you")).QuerySelector("form[action*='handler=Password']"));
    }

    [Fact]
    public async Task A_new_code_or_none_signs_the_devices_out_and_the_old_code_is_dead()
    {
        var first = await MakeAsync(Acorn.Site);
        using var till = await SignedInAsync(first.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(till));
        var second = await MakeAsync(Acorn.Site);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(till));
        Assert.Contains("does not work", await RefusedAsync(first), StringComparison.Ordinal);
        using var again = await SignedInAsync(second);
        using var olive = await portal.AsAsync(portal.World.Olive);
        const string Page = "/admin/people/acorn/sites";
        using (var withdrawn = await olive.SendAsync($"{Page}?handler=Withdraw", (await olive.PageAsync(Page)).Fill("handler=Withdraw"))) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(again));
        Assert.Contains("does not work", await RefusedAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_opens_its_own_client_alone_and_only_those_who_run_people_may_make_one()
    {
        var code = await MakeAsync(Acorn.Site);
        Assert.Contains("does not work", await RefusedAsync(code, "/c/birch"), StringComparison.Ordinal);
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.NotEqual(HttpStatusCode.OK, (await priya.GetAsync(new Uri("/admin/people/acorn/sites", UriKind.Relative), Desk.Cancel)).StatusCode);
    }

    private async Task<string> MakeAsync(Site site)
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        const string Page = "/admin/people/acorn/sites";
        using var answer = await olive.SendAsync($"{Page}?handler=Make", (await olive.PageAsync(Page)).Fill("handler=Make", ("site", $"{site.Id}")));
        return Code().Match(await answer.Content.ReadAsStringAsync(Desk.Cancel)).Value;
    }

    private async Task<HttpClient> SignedInAsync(string code)
    {
        var browser = portal.Browser(follow: false);
        using var answer = await browser.SendAsync("/c/acorn/sign-in/site", (await browser.PageAsync("/c/acorn/sign-in/site")).Fill("", ("Code", code)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private async Task<string> RefusedAsync(string code, string door = "/c/acorn")
    {
        using var browser = portal.Browser(follow: false);
        using var answer = await browser.SendAsync($"{door}/sign-in/site", (await browser.PageAsync($"{door}/sign-in/site")).Fill("", ("Code", code)));
        return await answer.Content.ReadAsStringAsync(Desk.Cancel);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpClient till) => (await till.GetAsync(new Uri(Acorn.Door, UriKind.Relative), Desk.Cancel)).StatusCode;

    [GeneratedRegex("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", RegexOptions.None, 1000)] private static partial Regex Code();
}
