using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TenantPortal.Browser.Tests;

/// <summary>The five steps of the main job, played as people play them: phone-wide and desktop, retailer and clinic.</summary>
public sealed partial class JourneyTests(Stage stage) : IClassFixture<Stage>
{
    // what a phone's camera gives, in small
    private static readonly FilePayload Photo = new() { Name = "screen.png", MimeType = "image/png", Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGM8tTiagYGBiQEMABGkAYWrt1u1AAAAAElFTkSuQmCC") };

    [Theory]
    [InlineData("Callum Reid", "northwind", "My Outlook keeps asking for my password since this morning", Stage.Phone)]
    [InlineData("Chloe Adeyemi", "northwind", "I cannot connect to the VPN from home, it says connection failed", Stage.Desktop)]
    [InlineData("Amara Nwosu", "harbour", "Scans to my e-mail never arrive since the weekend", Stage.Phone)]
    [InlineData("Dr Anjali Sen", "harbour", "I forgot my password and cannot sign in to my mail", Stage.Desktop)]
    public async Task A_guide_that_does_not_help_hands_the_whole_picture_to_an_engineer(string employee, string client, string words, int width)
    {
        var desk = await stage.AsAsync("Priya Raman", width);
        await desk.GotoAsync("/desk");
        var name = $"{client}-{employee.Split(' ')[^1]}".ToLowerInvariant();
        var page = await stage.AsAsync(employee, width);
        await Expect(page.GetByLabel("What's wrong?")).ToBeVisibleAsync();

        await page.GetByLabel("What's wrong?").PressSequentiallyAsync(words[..24]);
        await Expect(page.Locator("#suggestions a").First).ToBeVisibleAsync();
        var number = await SendAsync(page, words, Photo);
        Assert.DoesNotContain("{{", await page.ContentAsync(), StringComparison.Ordinal);

        // the engineer's open queue shows it by itself
        var prefix = client == "northwind" ? "NWO" : "HBC";
        await Expect(desk.Locator("tr", new() { HasText = $"{prefix}-{number}" })).ToContainTextAsync("Trying a guide");

        // the guide goes on in another browser; on the phone a person is asked for half-way, at the desk the end is "no"
        await Stage.JudgeAsync(page, $"{name}-4-guide");
        await page.GetByRole(AriaRole.Button, new() { Name = "Worked" }).ClickAsync();
        var other = await stage.AsAsync(employee, width == Stage.Phone ? Stage.Desktop : Stage.Phone);
        await other.GotoAsync($"/c/{client}/requests/{number}/guide");
        await Expect(other.GetByText("Step 2", new() { Exact = false })).ToBeVisibleAsync();
        if (width == Stage.Phone) await other.GetByRole(AriaRole.Button, new() { Name = "Ask a person" }).ClickAsync();
        else await SayNoAsync(other, $"{name}-4-no");
        await other.Context.CloseAsync();
        await page.GotoAsync($"/c/{client}/requests/{number}");
        await Stage.JudgeAsync(page, $"{name}-5-request");

        // the engineer
        await desk.GotoAsync($"/desk/tickets/{prefix}-{number}");
        await Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Environment" })).ToBeVisibleAsync();
        await Expect(desk.GetByRole(AriaRole.Img, new() { Name = "screen.png" })).ToBeVisibleAsync();
        await Stage.JudgeAsync(desk, $"{name}-7-ticket");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(desk.GetByText("You have it.")).ToBeVisibleAsync();
        await desk.Locator("#reply").FillAsync("Hello, please restart and try once more.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();

        // the reply arrives without reload
        await Expect(page.GetByText("please restart and try once more")).ToBeVisibleAsync(new() { Timeout = 10_000 });

        await desk.GetByText("Internal note", new() { Exact = true }).First.ClickAsync();
        await desk.Locator("#note").FillAsync("Checked the logs: token expired.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await desk.Locator("summary", new() { HasText = "Resolve" }).ClickAsync();
        await desk.Locator("#Summary").FillAsync("Your sign-in was renewed.");
        await desk.Locator("#Cause").FillAsync("Expired token");
        await Stage.JudgeAsync(desk, $"{name}-8-resolve");
        await desk.Locator("#resolve").GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await page.GotoAsync($"/c/{client}/requests/{number}");
        await Expect(page.GetByText("Your sign-in was renewed.").First).ToBeVisibleAsync();
        Assert.DoesNotContain("token expired", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        await Stage.JudgeAsync(page, $"{name}-9-resolved");
        await page.GetByLabel("Is it back?").FillAsync("It came back after the restart.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open it again" }).ClickAsync();
        await Expect(page.GetByText("It came back after the restart.")).ToBeVisibleAsync();
        await desk.GotoAsync($"/desk/tickets/{prefix}-{number}");
        await Expect(desk.GetByText("Reopened by")).ToBeVisibleAsync();
        await EachStageIsWrittenOnceAsync(page, number, ["we have it", "solved"]);
        stage.AssertNoComplaints();
    }

    [Fact]
    public async Task A_guide_that_works_is_the_end_of_it()
    {
        var page = await stage.AsAsync("Nisha Patel", Stage.Phone);
        var number = await SendAsync(page, "My Outlook keeps asking for my password since this morning");
        await AnswerEveryStepAsync(page, "Worked");
        await Stage.JudgeAsync(page, "solved-1-closing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Solved" })).ToBeVisibleAsync();
        await Stage.JudgeAsync(page, "solved-2-end");
        var desk = await stage.AsAsync("Priya Raman");
        await desk.GotoAsync($"/desk/tickets/LVA-{number}");
        await Expect(desk.GetByText("Solved with the guide").First).ToBeVisibleAsync();
        await Stage.JudgeAsync(desk, "solved-3-desk");
        stage.AssertNoComplaints();
    }

    /// <summary>The form's three screens, with the first of the choices where nothing was found out; the request's number.</summary>
    private static async Task<string> SendAsync(IPage page, string words, FilePayload? photo = null)
    {
        await page.GetByLabel("What's wrong?").FillAsync(words);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await page.WaitForURLAsync(Effect());
        await page.GetByText("Only me").ClickAsync();
        await page.Locator("#urgency-Slowed").CheckAsync(new() { Force = true });
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await page.WaitForURLAsync(Confirm());
        foreach (var select in await page.Locator("main select:visible").AllAsync())
            if (await select.InputValueAsync() == "") await select.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        if (photo is not null) await page.Locator("#photos").SetInputFilesAsync(photo);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(Sent());
        return Number().Match(page.Url).Groups["n"].Value;
    }

    /// <summary>Presses one answer on every step, to the closing question or the person who takes over.</summary>
    private static async Task AnswerEveryStepAsync(IPage page, string answer)
    {
        var end = page.GetByRole(AriaRole.Heading, new() { Name = "Did this resolve your issue?" }).Or(page.GetByRole(AriaRole.Heading, new() { Name = "A person takes over" }));
        for (var step = 0; step < 12 && await end.CountAsync() == 0; step++)
        {
            var before = await page.Locator("main").InnerTextAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = answer, Exact = true }).ClickAsync();
            await page.WaitForFunctionAsync("before => document.querySelector('main')?.innerText !== before", before);
        }
        await Expect(end).ToBeVisibleAsync();
    }

    /// <summary>Says "Didn't" to every step of a guide and "No" at its end.</summary>
    private static async Task SayNoAsync(IPage page, string name)
    {
        await AnswerEveryStepAsync(page, "Didn't");
        if (await page.GetByRole(AriaRole.Heading, new() { Name = "A person takes over" }).CountAsync() > 0) return;
        await page.GetByLabel("What still does not work?").FillAsync("It still says the same.");
        await Stage.JudgeAsync(page, name);
        await page.GetByRole(AriaRole.Button, new() { Name = "No", Exact = true }).ClickAsync();
        var second = page.GetByText("Step 1", new() { Exact = false });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A person takes over" }).Or(second).First).ToBeVisibleAsync();
        if (await second.CountAsync() > 0) await page.GetByRole(AriaRole.Button, new() { Name = "Ask a person" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A person takes over" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_till_that_hangs_reaches_a_person_first_with_the_clause_that_says_so()
    {
        var page = await stage.AsAsync("Dewi Price", Stage.Phone);
        await page.GetByLabel("What's wrong?").FillAsync("Tills hanging since lunch, queue to the door");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await page.WaitForURLAsync(Sent());
        await Expect(page.GetByText("A person has been told", new() { Exact = false }).First).ToBeVisibleAsync();
        await Stage.JudgeAsync(page, "urgent-1-asked");
        var number = Number().Match(page.Url).Groups["n"].Value;
        await page.GetByText("Everyone at my site").ClickAsync();
        await page.GetByText("No, I'm stopped").ClickAsync();
        foreach (var first in new[] { "Point of sale", "Nothing personal" })
            if (await page.GetByText(first, new() { Exact = true }).CountAsync() > 0) await page.GetByText(first, new() { Exact = true }).First.ClickAsync();
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = false }).First.ClickAsync();
        await page.GotoAsync($"/c/northwind/requests/{number}");
        await Stage.JudgeAsync(page, "urgent-2-request");

        var desk = await stage.AsAsync("Ines Duarte");
        await desk.GotoAsync($"/desk/tickets/NWO-{number}");
        await Expect(desk.Locator(".ticket-head").GetByText("P1")).ToBeVisibleAsync();
        await Expect(desk.Locator("#clocks blockquote")).ToContainTextAsync("point-of-sale system");
        await Expect(desk.Locator(".next-step")).ToContainTextAsync("Ines Duarte");
        // found out by itself, though nobody was asked
        await Expect(desk.Locator(".block", new() { HasText = "System" })).ToContainTextAsync("TILL-LEE");
        await Stage.JudgeAsync(desk, "urgent-3-desk");
        await desk.GotoAsync("/desk/notices");
        await Expect(desk.GetByText($"NWO-{number}").First).ToBeVisibleAsync();
        stage.AssertNoComplaints();
    }

    /// <summary>The demo's page of sent mails shows each stage of the request exactly once.</summary>
    private static async Task EachStageIsWrittenOnceAsync(IPage page, string number, string[] stages)
    {
        foreach (var stage in stages)
        {
            var mails = page.GetByText($"[#{number}]").Filter(new() { HasText = stage });
            for (var wait = 0; wait < 20; wait++)
            {
                await page.GotoAsync("/demo/mail");
                if (await mails.CountAsync() > 0) break;
                await Task.Delay(500, TestContext.Current.CancellationToken);
            }
            await Expect(mails).ToHaveCountAsync(1);
        }
    }

    [GeneratedRegex("/effect$", RegexOptions.None, 1000)] private static partial Regex Effect();
    [GeneratedRegex("/confirm$", RegexOptions.None, 1000)] private static partial Regex Confirm();
    [GeneratedRegex(@"/requests/\d+", RegexOptions.None, 1000)] private static partial Regex Sent();
    [GeneratedRegex(@"/requests/(?<n>\d+)", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Number();
}
