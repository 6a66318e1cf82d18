using System.Net;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Readiness;

/// <summary>What stands between a client and rules that act by themselves, by the front door.</summary>
public sealed class ReadinessTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string Page = "/admin/readiness?client=acorn";

    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Figures_are_frozen_by_one_and_approved_by_another()
    {
        using var nobodyYet = await portal.AsAsync(portal.World.Olive);
        Assert.Contains("Birch had no ticket in the last 90 days", await PostAsync(nobodyYet, "Freeze", ("client", "birch")), StringComparison.Ordinal);
        await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer, measured"));
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("No baseline is frozen", (await sam.PageAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The figures are frozen.", await PostAsync(sam, "Freeze", ("client", "acorn")), StringComparison.Ordinal);
        var id = (await sam.PageAsync(Page)).Form("handler=Approve").QuerySelector("input[name=id]")!.GetAttribute("value")!;
        Assert.Contains("You froze these figures. Somebody else approves them.", await PostAsync(sam, "Approve", ("id", id), ("client", "acorn")), StringComparison.Ordinal);
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains("Only a service lead approves a baseline.", await PostAsync(olive, "Approve", ("id", id), ("client", "acorn")), StringComparison.Ordinal);
        Assert.Contains("The figures are frozen.", await PostAsync(olive, "Freeze", ("client", "acorn")), StringComparison.Ordinal);
        var next = (await sam.PageAsync(Page)).Form("handler=Approve").QuerySelector("input[name=id]")!.GetAttribute("value")!;
        Assert.Contains("The baseline is approved.", await PostAsync(sam, "Approve", ("id", next), ("client", "acorn")), StringComparison.Ordinal);
        Assert.Contains("Sam Ash has approved this already.", await PostAsync(sam, "Approve", ("id", next), ("client", "acorn")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_correct_by_hand_and_who_does_not_review_is_named()
    {
        var corrected = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer toner, corrected"));
        Assert.Null(await portal.ChangeAsync(corrected, (t, now) => t.Change(Priority.P2, RiskTags.None, "The only printer for labels", Desk.Of(portal.World.Nico), now)));
        var alone = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, nobody reviews"));
        using var nico = await portal.AsAsync(portal.World.Nico);
        using var form = (await nico.PageAsync($"/desk/tickets/ACO-{alone.Number}")).Fill("handler=Approval", ("Input.Text", "We are on it."));
        using var asked = await nico.SendAsync($"/desk/tickets/ACO-{alone.Number}?handler=Approval", form);
        portal.Clock.PutForward(TimeSpan.FromDays(2));
        using var sam = await portal.AsAsync(portal.World.Sam);
        var page = (await sam.PageAsync(Page)).Body!.TextContent;
        Assert.Contains("printing/printer", page, StringComparison.Ordinal);
        Assert.Contains("“The only printer for labels”", page, StringComparison.Ordinal);
        Assert.Contains("Answered 0 of 1 in 30 days", page, StringComparison.Ordinal);
        Assert.Contains("1 requests have waited for a second person for more than a day", page, StringComparison.Ordinal);
        Assert.Contains("“Till outage” came with a file and has no test cases.", page, StringComparison.Ordinal);
        Assert.Contains("Acorn is not ready yet.", page, StringComparison.Ordinal);

        using var priya = await portal.AsAsync(portal.World.Priya);
        using var refused = await priya.GetAsync(new Uri(Page, UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private static async Task<string> PostAsync(HttpClient browser, string handler, params (string, string)[] fields)
    {
        using var form = (await browser.PageAsync(Page)).Fill("handler=Freeze", fields);
        using var answer = await browser.SendAsync($"/admin/readiness?handler={handler}", form);
        if (answer.Headers.Location is not { } next) return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
        return WebUtility.HtmlDecode(await browser.GetStringAsync(next, Desk.Cancel));
    }
}
