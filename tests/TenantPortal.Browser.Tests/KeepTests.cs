using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TenantPortal.Web.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace TenantPortal.Browser.Tests;

/// <summary>What is typed stays until it has really arrived, and with the person who typed it.</summary>
public sealed partial class KeepTests(Stage stage) : IClassFixture<Stage>
{
    private const string Words = "It happens on the second till too, since the delivery came in.";

    [Fact]
    public async Task A_reply_sent_after_the_session_has_ended_is_there_again_after_signing_in()
    {
        var (page, request) = await ReporterAsync();
        await page.Locator("#text").FillAsync(Words);
        await page.Context.ClearCookiesAsync();
        await SendAsync(page);
        await page.WaitForURLAsync(url => url.Contains("/sign-in?back=" + Uri.EscapeDataString(request), StringComparison.Ordinal));

        // she takes another way in than the page she was led to, and passes other pages first
        await SignInAsync(page, "Dewi Price");
        await Expect(page.GetByLabel("What's wrong?")).ToBeEmptyAsync();
        await page.GotoAsync(request);
        await Expect(page.Locator("#text")).ToHaveValueAsync(Words);
        // the link of a mail opens in a tab of its own
        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(request);
        await Expect(second.Locator("#text")).ToHaveValueAsync(Words);
    }

    [Fact]
    public async Task A_screenshot_that_is_pasted_joins_the_files_and_pasted_words_stay_words()
    {
        var (page, _) = await ReporterAsync();
        const string Paste = "({ picture, words }) => { const data = new DataTransfer(); if (picture) data.items.add(new File([new Uint8Array([137, 80, 78, 71])], 'image.png', { type: 'image/png' })); if (words) data.setData('text/plain', words); const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); document.querySelector('#text').dispatchEvent(event); return event.defaultPrevented; }";
        Assert.False(await page.EvaluateAsync<bool>(Paste, new { picture = false, words = "words" }));
        Assert.True(await page.EvaluateAsync<bool>(Paste, new { picture = true, words = "" }));
        Assert.True(await page.EvaluateAsync<bool>(Paste, new { picture = true, words = "" }));
        await Expect(page.Locator("[data-pasted]")).ToContainTextAsync(".png, pasted-");
        Assert.Equal(2, await page.EvaluateAsync<int>("() => document.querySelector('#photos').files.length"));
    }

    [Fact]
    public async Task A_reply_that_meets_a_silent_database_is_there_when_the_person_goes_back()
    {
        var (page, request) = await ReporterAsync();
        await page.Locator("#text").FillAsync(Words);
        var watch = stage.Services.GetRequiredService<DatabaseWatch>();
        for (var silent = 0; silent < 3; silent++) watch.WasSilent();
        var answer = page.WaitForResponseAsync(response => response.Request.Method == "POST");
        await SendAsync(page);
        Assert.Equal(503, (await answer).Status);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Back in a moment" })).ToBeVisibleAsync();
        watch.Answered();

        await page.GoBackAsync();
        // on a busy machine the database may keep somebody waiting once more
        for (var again = 0; again < 5 && await page.Locator("#text").CountAsync() == 0; again++) await page.ReloadAsync();
        await Expect(page.Locator("#text")).ToHaveValueAsync(Words);
        await page.GotoAsync("/c/northwind");
        await page.GotoAsync(request);
        await Expect(page.Locator("#text")).ToHaveValueAsync(Words);
    }

    [Fact]
    public async Task A_reply_that_has_arrived_leaves_the_form_empty()
    {
        var (page, request) = await ReporterAsync();
        await page.Locator("#text").FillAsync(Words);
        await SendAsync(page);
        await Expect(page.Locator("#request")).ToContainTextAsync(Words);
        await Expect(page.Locator("#text")).ToBeEmptyAsync();
        await page.GotoAsync(request);
        await Expect(page.Locator("#request")).ToContainTextAsync(Words);
        await Expect(page.Locator("#text")).ToBeEmptyAsync();
        // the report it began with went to another page than the form's
        await page.GotoAsync("/c/northwind");
        await Expect(page.GetByLabel("What's wrong?")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Another_person_on_the_same_browser_sees_nothing_of_it()
    {
        var page = await stage.AsAsync("Callum Reid");
        await page.GetByLabel("What's wrong?").FillAsync(Words);
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('kept:'))");
        await page.Context.ClearCookiesAsync();
        await SignInAsync(page, "Dewi Price");
        await Expect(page.GetByLabel("What's wrong?")).ToBeEmptyAsync();
        await SignInAsync(page, "Callum Reid");
        await Expect(page.GetByLabel("What's wrong?")).ToHaveValueAsync(Words);

        // whoever signs out leaves nothing behind
        await page.Locator("[popovertarget=person-menu]").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/sign-in", StringComparison.Ordinal));
        Assert.False(await page.EvaluateAsync<bool>("() => Object.keys(localStorage).some(key => key.startsWith('kept:'))"));
    }

    [Fact]
    public async Task Words_typed_before_the_page_has_all_its_files_are_kept_too()
    {
        var page = await stage.AsAsync("Callum Reid");
        await page.WaitForURLAsync(url => url.EndsWith("/c/northwind", StringComparison.Ordinal));
        var typed = new TaskCompletionSource();
        await page.RouteAsync("**/js/keep*", async route => { await typed.Task; await route.ContinueAsync(); });
        await page.GotoAsync("/c/northwind", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByLabel("What's wrong?").FillAsync(Words);
        typed.SetResult();
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('kept:'))");
    }

    [Fact]
    public async Task A_choice_on_the_last_screen_survives_a_closed_page_and_the_way_back()
    {
        var page = await stage.AsAsync("Callum Reid");
        await page.GetByLabel("What's wrong?").FillAsync("My Outlook keeps asking for my password since this morning");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/effect", StringComparison.Ordinal));
        await page.GetByText("Only me").ClickAsync();
        await page.Locator("#urgency-Slowed").CheckAsync(new() { Force = true });
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/confirm", StringComparison.Ordinal));
        var address = page.Url;
        await page.Locator("details:has(#device) > summary").ClickAsync();
        await page.Locator("#device").SelectOptionAsync("?");
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.endsWith('report-confirm'))");

        var second = await page.Context.NewPageAsync();
        await page.CloseAsync();
        await second.GotoAsync(address);
        // in the open, and not behind a chip that still says what was found out
        await Expect(second.Locator("#device")).ToHaveValueAsync("?");
        await Expect(second.Locator("#device")).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true }).ClickAsync();
        await second.WaitForURLAsync(url => url.EndsWith("/effect", StringComparison.Ordinal));
        await second.EvaluateAsync("() => localStorage.clear()");
        await second.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await second.WaitForURLAsync(address);
        await Expect(second.Locator("#device")).ToHaveValueAsync("?");
    }

    /// <summary>A person on the page of a request of hers that is open.</summary>
    private async Task<(IPage Page, string Request)> ReporterAsync()
    {
        var page = await stage.AsAsync("Dewi Price");
        await page.GetByLabel("What's wrong?").FillAsync("Tills hanging since lunch, queue to the door");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await page.WaitForURLAsync(Request());
        var request = Request().Match(page.Url).Value;
        await page.GotoAsync(request);
        return (page, request);
    }

    private static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/demo");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {name}", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/c/northwind", StringComparison.Ordinal));
    }

    private static Task SendAsync(IPage page) => page.Locator("main form").Filter(new() { Has = page.Locator("#text") }).GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

    [GeneratedRegex(@"/c/northwind/requests/\d+", RegexOptions.None, 1000)] private static partial Regex Request();
}
