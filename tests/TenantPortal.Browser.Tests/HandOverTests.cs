using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TenantPortal.Browser.Tests;

/// <summary>Tom of the first line and Priya of the second, each with a browser: a ticket goes from one to the other with everything that was tried.</summary>
public sealed partial class HandOverTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task One_engineer_passes_a_ticket_to_the_next_line_and_she_goes_on_where_he_stopped()
    {
        var contact = await stage.AsAsync("Callum Reid");
        await contact.GetByLabel("What's wrong?").FillAsync("The label printer at the back prints grey stripes since Monday");
        await contact.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await contact.WaitForURLAsync(url => url.EndsWith("effect", StringComparison.Ordinal));
        await contact.GetByText("Only me").ClickAsync();
        await contact.Locator("#urgency-Slowed").CheckAsync(new() { Force = true });
        await contact.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await contact.WaitForURLAsync(url => url.EndsWith("confirm", StringComparison.Ordinal));
        foreach (var select in await contact.Locator("main select:visible").AllAsync())
            if (await select.InputValueAsync() == "") await select.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await contact.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await contact.WaitForURLAsync(Request());
        var number = Request().Match(contact.Url).Groups["n"].Value;

        var tom = await stage.AsAsync("Tom Ellison");
        var priya = await stage.AsAsync("Priya Raman");
        await priya.GotoAsync("/desk?who=tier");
        await tom.GotoAsync($"/desk/tickets/NWO-{number}");
        await tom.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await tom.GetByText("Add what you tried").ClickAsync();
        await tom.Locator("#what").FillAsync("Cleaned the print head");
        await tom.GetByRole(AriaRole.Button, new() { Name = "Keep as tried" }).ClickAsync();
        await Expect(tom.Locator(".hand-off")).ToContainTextAsync("Cleaned the print head");
        await tom.GotoAsync($"/desk/tickets/NWO-{number}/guides/printer-offline");
        await tom.GetByText("Done, did not work").First.ClickAsync();
        await tom.GetByText("It did not help").ClickAsync();
        await Stage.JudgeAsync(tom, "hand-over-1-checklist");
        await tom.GetByRole(AriaRole.Button, new() { Name = "Keep as tried" }).ClickAsync();
        // a question whose answer is there stops at the desk
        await tom.Locator("#reply").FillAsync("Since when does this happen?");
        await tom.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        if (await tom.Locator(".again").CountAsync() > 0) await Stage.JudgeAsync(tom, "hand-over-2-asked-again");

        await tom.GotoAsync($"/desk/tickets/NWO-{number}/pass-on");
        await Expect(tom.Locator("#note")).ToHaveValueAsync(new Regex("Cleaned the print head", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Stage.JudgeAsync(tom, "hand-over-3-pass-on");
        var note = await tom.Locator("#note").InputValueAsync();
        await tom.Locator("#note").FillAsync(Question().Replace(note, "Question: is the print head worn out?"));
        if (await tom.Locator("#without").CountAsync() > 0) await tom.Locator("#without").FillAsync("Callum is in the warehouse without a phone");
        await tom.GetByRole(AriaRole.Button, new() { Name = "Pass on" }).ClickAsync();
        await Expect(tom.GetByText("Passed on to Tier 2")).ToBeVisibleAsync();

        // it appears in her line by itself
        await Expect(priya.Locator("tr", new() { HasText = $"NWO-{number}" })).ToContainTextAsync("Tier 2", new() { Timeout = 10_000 });
        await priya.GotoAsync($"/desk/tickets/NWO-{number}");
        await Expect(priya.Locator(".passed-on")).ToContainTextAsync("is the print head worn out?");
        await Stage.JudgeAsync(priya, "hand-over-4-received");
        await priya.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await priya.Locator("#reply").FillAsync("Hello Callum, a new print head arrives tomorrow.");
        await priya.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        await contact.GotoAsync($"/c/northwind/requests/{number}");
        await Expect(contact.GetByText("a new print head arrives tomorrow")).ToBeVisibleAsync();
        Assert.DoesNotContain("worn out", await contact.ContentAsync(), StringComparison.Ordinal);
        stage.AssertNoComplaints();
    }

    [GeneratedRegex(@"/requests/(?<n>\d+)$", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Request();
    [GeneratedRegex("Question: .*$", RegexOptions.None, 1000)] private static partial Regex Question();
}
