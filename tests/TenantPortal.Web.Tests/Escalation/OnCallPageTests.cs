using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Features.Escalation;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.People;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>Rotas and paths, written in the browser.</summary>
public sealed class OnCallPageTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_rota_is_made_filled_and_answers_with_its_reason()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains("The rota is made.", await SendAsync(olive, "/admin/on-call", "Rota", "/admin/on-call", ("Rota.Name", "Till lead"), ("Rota.Key", "till-lead")), StringComparison.Ordinal);
        Assert.Contains("Nobody answers for Till lead: its rota is empty.", await TextAsync(olive, "/admin/on-call"), StringComparison.Ordinal);
        Assert.Contains("Nobody answers for Till lead", await TextAsync(olive, "/admin/on-call/gaps"), StringComparison.Ordinal);
        var (priya, nico) = ($"{portal.World.Priya.Id}", $"{portal.World.Nico.Id}");
        var days = Enum.GetValues<DayOfWeek>().Select(d => ("Shift.Days", $"{d}"));
        Assert.Contains("The shift is added.", await SendAsync(olive, "/admin/on-call/till-lead", "Shift", "/admin/on-call/till-lead", [.. days, ("Shift.From", "00:00"), ("Shift.Until", "00:00"), ("Shift.First", priya), ("Shift.Second", nico)]), StringComparison.Ordinal);
        Assert.Contains("On call now: Priya Ash. Till lead every day all day", await TextAsync(olive, "/admin/on-call/till-lead"), StringComparison.Ordinal);

        var (from, until) = (Local(-1), Local(6));
        Assert.Contains("Nobody is called in it.", await SendAsync(olive, "/admin/on-call", "TimeOff", "/admin/on-call", ("Input.Staff", priya), ("Input.From", from), ("Input.Until", until)), StringComparison.Ordinal);
        Assert.Contains("On call now: Nico Ash.", await TextAsync(olive, "/admin/on-call/till-lead"), StringComparison.Ordinal);
        Assert.Contains("The stand-in is entered.", await SendAsync(olive, "/admin/on-call/till-lead", "StandIn", "/admin/on-call/till-lead", ("Input.Staff", $"{portal.World.Sam.Id}"), ("Input.From", from), ("Input.Until", until), ("Input.Why", "swap")), StringComparison.Ordinal);
        Assert.Matches("On call now: Sam Ash. stands in on Till lead until .* \\(swap\\), by Olive Ash", await TextAsync(olive, "/admin/on-call/till-lead"));
        Assert.Contains("It is taken out.", await SendAsync(olive, "/admin/on-call/till-lead", "RemoveStandIn", "/admin/on-call/till-lead"), StringComparison.Ordinal);
        Assert.Contains("It is taken out.", await SendAsync(olive, "/admin/on-call/till-lead", "RemoveShift", "/admin/on-call/till-lead"), StringComparison.Ordinal);

        await portal.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<GapWatch>().Single().TellAsync(portal.Clock.GetUtcNow(), Desk.Cancel);
        await portal.LinkAsync("msp", "sam@maple.example", "/admin/on-call/gaps");
        Assert.Contains("“till-lead” is taken already.", await SendAsync(olive, "/admin/on-call", "Rota", "/admin/on-call", ("Rota.Name", "Again"), ("Rota.Key", "till-lead")), StringComparison.Ordinal);
        using var engineer = await portal.AsAsync(portal.World.Priya);
        using var closed = await engineer.GetAsync(new Uri("/admin/on-call", UriKind.Relative), Desk.Cancel);
        Assert.NotEqual(HttpStatusCode.OK, closed.StatusCode);
    }

    [Fact]
    public async Task A_path_counts_from_a_lead_s_approval_on_and_bad_steps_are_named()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        using var sam = await portal.AsAsync(portal.World.Sam);
        const string page = "/admin/escalation/urgent";
        Assert.Contains("“plumber” is no rota, no right and nobody’s name, so nobody would be called.", await SendAsync(olive, page, "Write", page, ("Input.Lead", "plumber")), StringComparison.Ordinal);
        Assert.Contains("The draft is saved.", await SendAsync(olive, page, "Write", page, ("Input.HandOver", "Act"), ("Input.CallAgain", "3")), StringComparison.Ordinal);
        Assert.Equal(5, Path().CallAgainMinutes);
        Assert.DoesNotContain("handler=Approve", (await olive.PageAsync(page)).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("The path is in force.", await SendAsync(sam, page, "Approve", page), StringComparison.Ordinal);
        Assert.Equal((3, Autonomy.Act, "path “Urgent” 1, approved by Sam Ash"), (Path().CallAgainMinutes, Path().HandOver, Path().Rule));

        await SendAsync(sam, page, "Write", page, ("Input.CallAgain", "9"));
        Assert.Contains("You wrote this version. Somebody else has to approve it.", await SendAsync(sam, page, "Approve", page), StringComparison.Ordinal);
        Assert.Equal(3, Path().CallAgainMinutes);
    }

    private EscalationPath Path() => portal.Services.GetRequiredService<OnCallDirectory>().Path(EscalationPath.Urgent)!;

    private string Local(int hours) => TimeZoneInfo.ConvertTime(portal.Clock.GetUtcNow().AddHours(hours), TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> TextAsync(HttpClient browser, string address) => System.Text.RegularExpressions.Regex.Replace((await browser.PageAsync(address)).Body!.TextContent, "\\s+", " ");

    private static async Task<string> SendAsync(HttpClient browser, string page, string handler, string back, params (string, string)[] changes)
    {
        using var form = (await browser.PageAsync(page)).Fill($"handler={handler}", changes);
        using var answer = await browser.SendAsync($"{page}?handler={handler}", form);
        if (answer.StatusCode == HttpStatusCode.Redirect) return await TextAsync(browser, back);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }
}
