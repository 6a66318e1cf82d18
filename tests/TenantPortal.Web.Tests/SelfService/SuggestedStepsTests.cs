using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

public sealed class SuggestedStepsTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await GuideWorld.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_hand_off_cites_guides_with_their_version_but_none_that_was_tried()
    {
        var (ticket, slug) = await portal.AskAsync(Acorn, "Descale the kettle", "I want to descale the kettle please, the kettle is full of limescale. It says “Limescale found”.");
        Assert.NotNull(slug);
        var attempt = Assert.Single(await portal.AttemptsAsync(ticket));
        using var desk = await portal.AsAsync(portal.World.Priya);
        var address = $"/desk/tickets/ACO-{ticket.Number}";
        var suggested = (await desk.PageAsync(address)).QuerySelectorAll("aside a[href*='/guides/']").Select(a => a.GetAttribute("href")!).ToList();
        Assert.NotEmpty(suggested);
        Assert.DoesNotContain(suggested, s => s.EndsWith($"/{slug}", StringComparison.Ordinal));
        await desk.PageAsync(suggested[0]);
        var text = await desk.GetStringAsync(new Uri($"{address}/text", UriKind.Relative), GuideWorld.Cancel);
        var cited = text[text.IndexOf("Suggested next", StringComparison.Ordinal)..];
        Assert.Contains($"(version ", cited, StringComparison.Ordinal);
        Assert.Contains($"/desk/guides/ACO/{suggested[0].Split('/')[^1]}", cited, StringComparison.Ordinal);
        Assert.DoesNotContain($"/{slug})", cited, StringComparison.Ordinal);
        // every step of what was tried stands there with its answer
        foreach (var step in attempt.Steps) Assert.Contains($"{step.Title}: not reached", text, StringComparison.Ordinal);
        Assert.Contains("Error: Limescale found (Extracted, message 1)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_is_not_asked_again()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer in the hall", "It says “PC LOAD LETTER”.") with { DeviceId = Acorn.Laptop.Id });
        var silent = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer in the yard", "It is broken.") with { DeviceId = Acorn.Laptop.Id });
        using var desk = await portal.AsAsync(portal.World.Priya);
        Assert.DoesNotContain("\nAsk\n", await desk.GetStringAsync(new Uri($"/desk/tickets/ACO-{ticket.Number}/text", UriKind.Relative), GuideWorld.Cancel), StringComparison.Ordinal);
        Assert.Contains("\nAsk\n  Error\n", await desk.GetStringAsync(new Uri($"/desk/tickets/ACO-{silent.Number}/text", UriKind.Relative), GuideWorld.Cancel), StringComparison.Ordinal);
        await portal.ChangeAsync(silent, (t, now) => t.ContactReplies("Now it says “TRAY 2 MISSING”.", Channel.Portal, Desk.Eve(Acorn), now, out _));
        var text = await desk.GetStringAsync(new Uri($"/desk/tickets/ACO-{silent.Number}/text", UriKind.Relative), GuideWorld.Cancel);
        Assert.Contains("Error: TRAY 2 MISSING (Extracted, message 2)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nAsk\n", text, StringComparison.Ordinal);
    }
}
