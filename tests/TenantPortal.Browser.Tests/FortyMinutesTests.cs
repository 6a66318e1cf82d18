using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TenantPortal.Web.Features.Escalation;
using static Microsoft.Playwright.Assertions;

namespace TenantPortal.Browser.Tests;

/// <summary>A shop's tills hang and nobody on the desk touches anything: what used to cost forty quiet minutes of a one-hour promise cannot stay quiet.</summary>
public sealed partial class FortyMinutesTests(Stage stage) : IClassFixture<Stage>
{
    private const string Report = "POS slow since lunch, tills hang at every sale, queue to the door";

    [Fact]
    public async Task A_till_that_hangs_is_called_about_again_and_again_until_somebody_has_it()
    {
        var shop = await stage.AsAsync("Dewi Price", Stage.Phone);
        var desk = await stage.AsAsync("Priya Raman");
        // another report first: a program that has just started compiles while it answers
        await SendAsync(shop, "Card machines are down, nobody can pay by card");
        await desk.GotoAsync("/desk");
        await Expect(Row(desk, "Card machines are down")).ToBeVisibleAsync();
        await shop.GotoAsync("/c/northwind");
        var sentAt = stage.Clock.GetUtcNow();
        var sending = SendAsync(shop, Report);
        await Expect(Row(desk, Report).Locator(".priority")).ToContainTextAsync("P1");
        Assert.InRange(stage.Clock.GetUtcNow() - sentAt, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await sending;
        var number = int.Parse(Request().Match(shop.Url).Groups["n"].Value, CultureInfo.InvariantCulture);
        var ticket = $"/desk/tickets/NWO-{number}";
        await desk.GotoAsync(ticket);
        await Expect(desk.Locator(".ticket-head .priority")).ToContainTextAsync("P1");
        await UntilCalledAsync(number, 1);
        Assert.InRange((await stage.CallsAsync("northwind", number))[0].CalledAt - await stage.OpenedAtAsync("northwind", number), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await desk.ReloadAsync();
        await Expect(desk.Locator(".escalation")).ToContainTextAsync("Ines Duarte");
        await Expect(desk.Locator(".escalation")).ToContainTextAsync("no answer yet");

        for (var calls = 2; calls <= 8; calls++) await LaterAsync(number, calls);   // thirty-five minutes in which nobody does anything
        Assert.Equal(["Ines Duarte", "Ines Duarte", "Sam Achebe", "Sam Achebe", "Olive Hartley", "Olive Hartley", "Ines Duarte", "Ines Duarte"], (await stage.CallsAsync("northwind", number)).Select(c => c.StaffName));
        await desk.ReloadAsync();
        await Expect(desk.Locator(".timeline")).ToContainTextAsync("Ines Duarte did not acknowledge 2 calls");
        await Expect(desk.Locator(".escalation")).ToContainTextAsync("hand the ticket to Sam Achebe?");
        await Stage.JudgeAsync(desk, "forty-minutes-ticket");

        stage.Clock.PutForward(TimeSpan.FromMinutes(27));
        await desk.GotoAsync($"{ticket}/clock");
        await Expect(desk.Locator("main")).ToContainTextAsync(Late());
        await UntilAsync(async () => { await desk.GotoAsync($"{ticket}/escalation"); return (await desk.Locator("main").InnerTextAsync()).Contains("The first reply is late: call service lead", StringComparison.Ordinal); });
        await Stage.JudgeAsync(desk, "forty-minutes-escalation");

        var call = (await stage.CallsAsync("northwind", number)).Last(c => c.AgainAt is not null);
        var phone = await stage.OpenAsync(Stage.Phone);
        await phone.GotoAsync(stage.Services.GetRequiredService<CallLinks>().PathOf(call));
        await Stage.JudgeAsync(phone, "forty-minutes-phone");
        await phone.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();
        await Expect(phone.Locator("main")).ToContainTextAsync($"{call.StaffName} has it since");
        await desk.GotoAsync(ticket);
        await Expect(desk.Locator(".timeline")).ToContainTextAsync("acknowledged the call");
        stage.AssertNoComplaints();
    }

    private static async Task SendAsync(IPage shop, string report)
    {
        await shop.GetByLabel("What's wrong?").FillAsync(report);
        await shop.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Next" }).First.ClickAsync();
        await shop.WaitForURLAsync(url => url.Contains("/requests/", StringComparison.Ordinal));
    }

    private static ILocator Row(IPage desk, string subject) => desk.Locator("tr", new() { HasText = subject });

    private async Task LaterAsync(int number, int calls)
    {
        stage.Clock.PutForward(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await UntilCalledAsync(number, calls);
    }

    private Task UntilCalledAsync(int number, int calls) => UntilAsync(async () => (await stage.CallsAsync("northwind", number)).Count >= calls);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var wait = 0; !await isSo(); wait++)
        {
            Assert.True(wait < 150, "it did not come within fifteen seconds");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex(@"/requests/(?<n>\d+)", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Request();
    [GeneratedRegex(@"Late by \d+ min and still running", RegexOptions.None, 1000)] private static partial Regex Late();
}
