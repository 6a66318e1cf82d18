using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TenantPortal.Domain.People;
using TenantPortal.Web.Features.Escalation;
using static Microsoft.Playwright.Assertions;

namespace TenantPortal.Browser.Tests;

/// <summary>Every page there is, and every menu and dialog that opens, phone-wide and on a desktop, in light and dark.</summary>
public abstract partial class PagesTests(Stage stage, int width) : IClassFixture<Stage>
{
    // no page to look at: they answer with a part of one, with text, only to a button, or only while nobody is there
    private static readonly string[] NoPage = ["/c/{client}/suggest", "/desk/beside", "/desk/tickets/{reference}/text", "/c/{client}/sign-in/demo", "/desk/sign-in/demo", "/c/{client}/sign-out", "/desk/sign-out", "/desk/first-run"];

    [Fact]
    public async Task Every_page_is_right_for_everybody()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        async Task JudgeAsync(IPage page, string path, string? name = null)
        {
            if (!page.Url.EndsWith(path, StringComparison.Ordinal)) await page.GotoAsync(path);
            seen.Add(new Uri(page.Url).AbsolutePath);
            await Stage.JudgeAsync(page, "page-" + (name ?? Name().Replace(path, "-").Trim('-')));
        }

        var contact = await stage.AsAsync("Helen Frost", width);
        foreach (var path in new[] { "", "/requests", "/guides", "/guides/search?q=printer", "/guides/search?q=qqqqq", "/ask", "/ask/new-starter", "/you" }) await JudgeAsync(contact, "/c/harbour" + path);
        await contact.Locator("[popovertarget=person-menu]").First.ClickAsync();
        await Stage.JudgeAsync(contact, "open-person-menu");
        await contact.GotoAsync("/c/harbour/guides/search?q=printer");
        var guide = new Uri(new(contact.Url), await contact.Locator("main .rows a").First.GetAttributeAsync("href") ?? "").AbsolutePath;
        await JudgeAsync(contact, guide, "guide");
        await JudgeAsync(contact, guide + "/steps", "guide-steps");
        await ReportAsync(contact, JudgeAsync);
        var urgent = await stage.AsAsync("Dewi Price", width);
        await urgent.GetByLabel("What's wrong?").FillAsync("Tills hanging since lunch, queue to the door. The till's password is Till-2024!");
        await urgent.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await urgent.WaitForURLAsync(url => url.Contains("/complete", StringComparison.Ordinal));
        await JudgeAsync(urgent, new Uri(urgent.Url).AbsolutePath, "request-complete");

        var called = await CallAsync(Reference().Match(urgent.Url).Groups["n"].Value);
        await JudgeAsync(await stage.OpenAsync(width), called, "call");

        var desk = await stage.AsAsync("Olive Hartley", width);
        foreach (var path in new[] { "/admin/clients", "/admin/clients/new", "/admin/clients/larch", "/admin/clients/larch/upload", "/admin/people/harbour/sites", "/desk", "/desk?status=Resolved", "/desk/new", "/desk/new?q=a", "/desk/search?q=password", "/desk/notices", "/desk/approvals", "/desk/outbox", "/desk/you", "/desk/guides", "/admin", "/admin/people", "/admin/people/larch", "/admin/look", "/admin/look/larch", "/admin/style", "/admin/knowledge", "/admin/knowledge/harbour?q=outlok&preview=outlok%200x80070005", "/admin/readiness", "/admin/contracts/coverage", "/admin/contracts/teams", "/desk/you/browsers", "/admin/audit", "/admin/audit/northwind", "/admin/audit/northwind?check=true", "/admin/contracts", "/admin/contracts/northwind", "/admin/contracts/northwind/clause", "/admin/on-call", "/admin/on-call/gaps", "/admin/on-call/network-lead", "/admin/escalation", "/admin/escalation/urgent", "/admin/channels", "/admin/tokens", "/admin/subscriptions" }) await JudgeAsync(desk, path);
        await JudgeAsync(desk, $"/desk/tickets/NWO-{Reference().Match(urgent.Url).Groups["n"].Value}/escalation", "desk-ticket-escalation");
        await JudgeAsync(desk, $"/desk/tickets/NWO-{Reference().Match(urgent.Url).Groups["n"].Value}/secrets", "desk-ticket-secrets");
        await JudgeAsync(desk, $"/desk/tickets/NWO-{Reference().Match(urgent.Url).Groups["n"].Value}", "desk-ticket-called");
        await desk.GotoAsync("/admin/people");
        await desk.GetByRole(AriaRole.Link, new() { NameRegex = new("^Change rights") }).First.ClickAsync();
        await Expect(desk.Locator("#rights")).ToBeVisibleAsync();
        await Stage.JudgeAsync(desk, "open-admin-people-rights");
        await desk.GotoAsync("/desk/new?q=Amara");
        await Stage.JudgeAsync(desk, "open-desk-new-caller");
        await desk.GotoAsync("/desk/guides");
        await JudgeAsync(desk, await desk.Locator("main a[href^='/desk/guides/']").First.GetAttributeAsync("href") ?? "", "desk-guide");
        await desk.GotoAsync("/desk");
        await JudgeAsync(desk, await desk.Locator("main a[href^='/desk/tickets/']").First.GetAttributeAsync("href") ?? "", "desk-ticket");
        await UnfoldAsync(desk);
        await Stage.JudgeAsync(desk, "open-desk-ticket-folds");
        await JudgeAsync(desk, await desk.Locator("main a.mono[href^='/desk/tickets/'], .hand-off a[href$='/clock']").First.GetAttributeAsync("href") is { } clock ? clock.Replace("/clock", "", StringComparison.Ordinal) + "/decisions" : "", "desk-ticket-decisions");
        var passed = new Uri(desk.Url).AbsolutePath.Replace("/decisions", "", StringComparison.Ordinal);
        await JudgeAsync(desk, passed + "/pass-on", "desk-ticket-pass-on");
        await JudgeAsync(desk, passed + "/guides/read-the-sign-in-logs", "desk-ticket-checklist");
        await desk.GotoAsync("/desk?state=Waiting");
        await JudgeAsync(desk, await desk.Locator("main a[href^='/desk/tickets/']").First.GetAttributeAsync("href") + "/clock", "desk-ticket-clock");
        await desk.Locator(".hold summary").ClickAsync();
        await Stage.JudgeAsync(desk, "open-desk-ticket-clock-hold");
        await desk.Locator("[popovertarget=person-menu]").First.ClickAsync();
        await Stage.JudgeAsync(desk, "open-desk-menu");
        await desk.Locator("[data-open-dialog=keys]").ClickAsync();
        await Stage.JudgeAsync(desk, "open-desk-keys");

        var nobody = await stage.OpenAsync(width);
        foreach (var path in new[] { "/demo", "/c/northwind/sign-in", "/c/northwind/sign-in/site", "/c/northwind/sign-in/link?token=none", "/c/northwind/sign-in/password?token=none", "/desk/sign-in", "/desk/sign-in/password?token=none", "/c/nosuchclient" }) await JudgeAsync(nobody, path);
        await LockedOutAsync(desk, nobody, width, JudgeAsync);
        await JoinAsync(desk, nobody, $"Rosa Field {width}", JudgeAsync);

        var never = stage.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Except(NoPage).Where(route => !seen.Any(path => Fits(route, path)));
        Assert.Empty(never);
        stage.AssertNoComplaints();
    }

    // the link of the call that an urgent ticket makes
    private async Task<string> CallAsync(string number)
    {
        for (var wait = 0; ; wait++)
        {
            if (await stage.CallsAsync("northwind", int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)) is [var call, ..]) return stage.Services.GetRequiredService<CallLinks>().PathOf(call);
            Assert.True(wait < 100, "nobody was called about an urgent ticket");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    // the form's three screens, the request and its guide
    private static async Task ReportAsync(IPage contact, Func<IPage, string, string?, Task> judge)
    {
        await judge(contact, "/c/harbour/report", null);
        await contact.GetByLabel("What's wrong?").FillAsync("The printer at reception prints blank pages");
        foreach (var screen in new[] { "effect", "confirm" })
        {
            await contact.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
            await contact.WaitForURLAsync(url => url.EndsWith(screen, StringComparison.Ordinal));
            await judge(contact, new Uri(contact.Url).AbsolutePath, "report-" + screen);
            if (screen == "effect") { await contact.GetByText("Only me").ClickAsync(); await contact.Locator("#urgency-Slowed").CheckAsync(new() { Force = true }); }
        }
        await UnfoldAsync(contact);
        await Stage.JudgeAsync(contact, "open-report-chips");
        foreach (var select in await contact.Locator("main select:visible").AllAsync())
            if (await select.InputValueAsync() == "") await select.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await contact.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await contact.WaitForURLAsync(url => url.Contains("/requests/", StringComparison.Ordinal));
        var request = Request().Match(contact.Url).Value;
        await judge(contact, request + "/guide", "request-guide");
        await judge(contact, request, "request");
    }

    // asks for a call without an account, and an engineer makes sure who it is
    private static async Task LockedOutAsync(IPage desk, IPage nobody, int width, Func<IPage, string, string?, Task> judge)
    {
        await judge(nobody, "/c/northwind/sign-in/help", null);
        await nobody.Locator("#name").FillAsync(width == Stage.Phone ? "Callum Reid" : "Nisha Patel");
        await nobody.Locator("#phone").FillAsync("07700 900555");
        await nobody.Locator("#text").FillAsync("My account is locked after the holidays");
        await nobody.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Ask for a call" }).ClickAsync();
        await Expect(nobody.GetByRole(AriaRole.Heading, new() { Name = "We have it" })).ToBeVisibleAsync();
        await Stage.JudgeAsync(nobody, "page-locked-out-kept");
        var found = desk.Locator("main a[href^='/desk/tickets/']", new() { HasText = width == Stage.Phone ? "Cannot sign in: Callum" : "Cannot sign in: Nisha" });
        for (var wait = 0; wait < 60 && await found.CountAsync() == 0; wait++)
        {
            await desk.GotoAsync("/desk?client=northwind&who=free");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        var ticket = await found.First.GetAttributeAsync("href") ?? "";
        await judge(desk, ticket + "/identity", "desk-ticket-identity");
        await judge(desk, ticket, "desk-ticket-unverified");
    }

    // invited on the page of people, by the mail's link to a password, an authenticator app and the desk; then again with its code
    private async Task JoinAsync(IPage olive, IPage rosa, string name, Func<IPage, string, string?, Task> judge)
    {
        var address = $"{name.Replace(' ', '.')}@brightwater.example".ToLowerInvariant();
        await olive.GotoAsync("/admin/people");
        await olive.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await olive.Locator("#mail").FillAsync(address);
        await olive.GetByText("Engineer", new() { Exact = true }).Last.ClickAsync();
        await olive.Locator("form.panel").GetByRole(AriaRole.Button).Last.ClickAsync();
        await Stage.JudgeAsync(olive, "open-admin-people-invited");
        var mail = rosa.GetByRole(AriaRole.Row).Or(rosa.GetByRole(AriaRole.Listitem)).Filter(new() { HasText = address }).GetByRole(AriaRole.Link).First;
        for (var wait = 0; wait < 40; wait++)
        {
            await rosa.GotoAsync("/demo/mail");
            if (await mail.CountAsync() > 0) break;
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
        await judge(rosa, "/demo/mail", null);
        await mail.ClickAsync();
        await judge(rosa, new Uri(rosa.Url).AbsolutePath, "demo-mail-read");
        var link = Link().Match(await rosa.ContentAsync()).Value.Replace("&amp;", "&", StringComparison.Ordinal);
        await rosa.GotoAsync(new Uri(link).PathAndQuery);
        await Stage.JudgeAsync(rosa, "page-desk-password-new");
        await rosa.Locator("#password").FillAsync("correct horse battery");
        await rosa.Locator("main").GetByRole(AriaRole.Button).First.ClickAsync();
        await rosa.WaitForURLAsync("**/enrol");
        await judge(rosa, "/desk/sign-in/enrol", null);
        var key = Key().Match(await rosa.Locator("main .mono").First.InnerTextAsync()).Value;
        await rosa.Locator("#code").FillAsync(Totp.CodeAt(key, stage.Clock.GetUtcNow()));
        await rosa.Locator("main").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(rosa.Locator("main ul.mono")).ToBeVisibleAsync();
        await Stage.JudgeAsync(rosa, "page-recovery-codes");
        await rosa.Context.ClearCookiesAsync();
        await rosa.GotoAsync("/desk/sign-in");
        await rosa.Locator("#email").FillAsync(address);
        await rosa.Locator("#password").FillAsync("correct horse battery");
        await rosa.Locator("main").GetByRole(AriaRole.Button).First.ClickAsync();
        await rosa.WaitForURLAsync("**/code");
        await judge(rosa, "/desk/sign-in/code", null);
    }

    private static async Task UnfoldAsync(IPage page) => await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");

    private static bool Fits(string route, string path) => new TemplateMatcher(TemplateParser.Parse(route.TrimStart('/')), []).TryMatch(path, []);

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)] private static partial Regex Name();
    [GeneratedRegex(@"/c/harbour/requests/\d+", RegexOptions.None, 1000)] private static partial Regex Request();
    [GeneratedRegex(@"/requests/(?<n>\d+)", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Reference();
    [GeneratedRegex(@"http[^""\s<]*/desk/sign-in/password\?token=[^""\s<]+", RegexOptions.None, 1000)] private static partial Regex Link();
    [GeneratedRegex("[A-Z2-7]{32}", RegexOptions.None, 1000)] private static partial Regex Key();
}

// a class each, so that they run side by side
public sealed class PagesOnPhoneTests(Stage stage) : PagesTests(stage, Stage.Phone);

public sealed class PagesOnDesktopTests(Stage stage) : PagesTests(stage, Stage.Desktop);
