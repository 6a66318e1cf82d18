using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Contracts;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Contracts;

/// <summary>A clause is written, tried, approved and counts, by the front door.</summary>
public sealed class RegisterTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private const string Register = "/admin/contracts/acorn", Form = "/admin/contracts/acorn/clause";

    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_version_counts_from_its_approval_on_and_open_tickets_are_read_again()
    {
        var clause = await ClauseAsync();
        var early = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, early") with { At = new(2025, 6, 9, 8, 0, 0, TimeSpan.Zero) });
        var minutes = FirstReply(await portal.ReadAsync(early)).AllowanceMinutes;
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains("The draft is saved and tried.", await WriteAsync(olive, clause, ("Input.FirstReply", $"{minutes - 5}")), StringComparison.Ordinal);
        Assert.Equal(minutes, FirstReply(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, draft"))).AllowanceMinutes);

        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("The clause is in force.", await ApproveAsync(sam), StringComparison.Ordinal);

        var later = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, later"));
        Assert.Equal((clause, minutes - 5), (later.Verdict!.Clause!.ClauseId, FirstReply(later).AllowanceMinutes));
        await AgainAsync();
        await AgainAsync();
        var read = FirstReply(await portal.ReadAsync(early));
        Assert.Equal((minutes - 5, early.OpenedAt.AddMinutes(minutes - 5)), (read.AllowanceMinutes, read.DueAt));
        var told = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.OrderBy(e => e.Id).LastAsync(e => e.Kind == "clause-approved", Desk.Cancel));
        Assert.Equal("Sam Ash", told.ActorName);
        Assert.Contains($"\"firstReplyMinutes\":{minutes},", told.Detail["before"], StringComparison.Ordinal);
        Assert.Contains($"\"firstReplyMinutes\":{minutes - 5},", told.Detail["after"], StringComparison.Ordinal);
        Assert.True(await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Set<Job>().AnyAsync(j => j.Kind == ClocksAgain.JobKind, Desk.Cancel)));
    }

    [Fact]
    public async Task A_ticket_keeps_what_it_was_promised_when_the_contract_ends()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, old contract") with { At = TimeProvider.System.GetUtcNow().AddDays(-9) });
        var promised = FirstReply(await portal.ReadAsync(ticket)).SetBy;
        Assert.Equal("Clause “Till outage”", promised);
        await EndsAsync(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-3));
        try
        {
            Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.StaffReplies("We look at it.", false, Channel.Portal, Desk.Of(portal.World.Sam), now, Desk.Agreed)));
            await AgainAsync();
            Assert.Equal(promised, FirstReply(await portal.ReadAsync(ticket)).SetBy);
            var later = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, no contract"));
            Assert.StartsWith("Usual times, without a contract, P", FirstReply(later).SetBy, StringComparison.Ordinal);
            using var priya = await portal.AsAsync(portal.World.Priya);
            Assert.Contains("There is no contract, so our usual hours", await TextAsync(priya, $"/desk/tickets/ACO-{(await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer without contract"))).Number}/clock"), StringComparison.Ordinal);
        }
        finally { await EndsAsync(null); }
    }

    [Fact]
    public async Task Nobody_approves_alone_and_only_a_lead_does()
    {
        var clause = await ClauseAsync();
        using var sam = await portal.AsAsync(portal.World.Sam);
        await WriteAsync(sam, clause);
        Assert.Contains("You wrote this version. Somebody else has to approve it.", await ApproveAsync(sam), StringComparison.Ordinal);

        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.DoesNotContain("handler=Approve", await TextAsync(olive, Register), StringComparison.Ordinal);
        var id = Assert.Single(await DraftsAsync());
        using var forged = (await olive.PageAsync(Form)).Fill("", ("id", $"{id}"));
        using var answer = await olive.SendAsync($"{Register}?handler=Approve", forged);
        Assert.Contains("Only a service lead approves clauses.", await answer.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        Assert.Single(await DraftsAsync());
    }

    [Theory]
    [InlineData("Input.Catches", "My printer is out of toner", "A test case is red: “My printer is out of toner”.")]
    [InlineData("Input.Leaves", "All tills are down", "A test case is red: “All tills are down”.")]
    [InlineData("Input.Leaves", "", "A clause needs test cases of both kinds")]
    public async Task A_version_whose_cases_do_not_prove_it_stays_a_draft(string field, string value, string sentence)
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        await WriteAsync(olive, await ClauseAsync(), (field, value));
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains(sentence, await ApproveAsync(sam), StringComparison.Ordinal);
        Assert.Single(await DraftsAsync());
    }

    [Fact]
    public async Task A_clause_that_contradicts_another_is_not_put_in_force()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        await WriteAsync(olive, null, ("Input.Title", "Tills at night"), ("Input.Resolution", "999"));
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("The clause “Till outage” promises something else for the same outage.", await ApproveAsync(sam), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Input.FirstReply", "0", "A target needs some time: with none it would be missed before anybody could act.")]
    [InlineData("Input.Path", "nobody-here", "Nobody who serves Acorn is called “nobody-here”.")]
    [InlineData("Input.System", "Spaceship", "“Spaceship” is no system of Acorn.")]
    [InlineData("Input.Quote", " ", "Quote the contract word for word")]
    [InlineData("Input.Resolution", "5", "The fix is promised before the first reply.")]
    public async Task What_nobody_could_keep_is_not_written_down(string field, string value, string sentence)
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Contains(sentence, await WriteAsync(olive, null, (field, value), ("Input.Title", "Never")), StringComparison.Ordinal);
        Assert.DoesNotContain("Draft: Never", await TextAsync(olive, Register), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_hours_count_where_a_promise_names_them_and_open_tickets_are_read_again()
    {
        await CountInAsync(CalendarChoice.Team);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer, team hours") with { At = new(2026, 3, 7, 9, 0, 0, TimeSpan.Zero) });   // a Saturday
        Assert.Equal(new(2026, 3, 9, 13, 0, 0, TimeSpan.Zero), FirstReply(await portal.ReadAsync(ticket)).DueAt);
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("“Mars/Olympus” is not a time zone", await HoursAsync(sam, "Mars/Olympus", "09:00-17:30"), StringComparison.Ordinal);
        Assert.Contains("no open", await HoursAsync(sam, "Europe/London", ""), StringComparison.Ordinal);
        Assert.Contains("The hours are saved.", await HoursAsync(sam, "Europe/London", "08:00-20:00"), StringComparison.Ordinal);
        await AgainAsync();
        Assert.Equal(new(2026, 3, 7, 13, 0, 0, TimeSpan.Zero), FirstReply(await portal.ReadAsync(ticket)).DueAt);
        Assert.Contains("The hours of the team service desk count, before those of the client", (await sam.PageAsync($"/desk/tickets/ACO-{ticket.Number}/clock")).Body!.TextContent, StringComparison.Ordinal);
        using (var form = (await sam.PageAsync("/admin/contracts/teams")).Fill("handler=Remove"))
        using (await sam.SendAsync("/admin/contracts/teams?handler=Remove", form)) await CountInAsync(CalendarChoice.Client);
        Assert.Empty(portal.Services.GetRequiredService<Infrastructure.Tenancy.OnCallDirectory>().Teams);
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var refused = await priya.GetAsync(new Uri("/admin/contracts/teams", UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private Task CountInAsync(CalendarChoice choice) => portal.AsAsync(Acorn.Id, async s =>
    {
        var db = s.GetRequiredService<PortalDb>();
        var contract = await db.Contracts.SingleAsync(c => c.Name == "Gold", Desk.Cancel);
        contract.Targets = [.. contract.Targets.Select(t => t.Priority == Priority.P3 ? t with { Calendar = choice } : t)];
        await db.SaveChangesAsync(Desk.Cancel);
        s.GetRequiredService<Features.Triage.ClientProfiles>().Forget(Acorn.Id);
    });

    private static async Task<string> HoursAsync(HttpClient browser, string zone, string saturday)
    {
        using var form = (await browser.PageAsync("/admin/contracts/teams")).Fill("", [("Input.Queue", "service-desk"), ("Input.TimeZone", zone), .. Enumerable.Range(0, 7).Select(day => ($"Input.Days[{day}]", day == 5 ? saturday : ""))]);
        using var answer = await browser.SendAsync("/admin/contracts/teams", form);
        return WebUtility.HtmlDecode(answer.Headers.Location is { } next ? await browser.GetStringAsync(next, Desk.Cancel) : await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }

    [Fact]
    public async Task Leads_read_the_contracts_of_the_clients_they_serve()
    {
        using var sam = await portal.AsAsync(portal.World.Sam);
        Assert.Contains("Gold", await TextAsync(sam, "/admin/contracts"), StringComparison.Ordinal);
        Assert.Contains(Desk.Quote, await TextAsync(sam, Register), StringComparison.Ordinal);
        using var priya = await portal.AsAsync(portal.World.Priya);
        foreach (var page in new[] { "/admin/contracts", Register, Form })
        {
            using var hidden = await priya.GetAsync(new Uri(page, UriKind.Relative), Desk.Cancel);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    private async Task EndsAsync(DateOnly? day)
    {
        await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Contracts.ExecuteUpdateAsync(u => u.SetProperty(c => c.EndsOn, day), Desk.Cancel));
        portal.Services.GetRequiredService<TenantPortal.Web.Features.Triage.ClientProfiles>().Forget(Acorn.Id);
    }

    private static TicketTarget FirstReply(Ticket ticket) => ticket.Targets.Single(t => t.Kind == "Response");

    private Task<Guid> ClauseAsync() => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Clauses.Select(c => c.Id).SingleAsync(Desk.Cancel));

    private Task<List<Guid>> DraftsAsync() => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().ClauseVersions.Where(v => v.State == Domain.Contracts.ClauseState.Draft).OrderByDescending(v => v.CreatedAt).Select(v => v.Id).Take(1).ToListAsync(Desk.Cancel));

    private Task AgainAsync() => portal.AsAsync(Acorn.Id, s => ActivatorUtilities.CreateInstance<ClocksAgain>(s).RunAsync(new() { TenantId = Acorn.Id, Kind = ClocksAgain.JobKind, DueAt = DateTimeOffset.UnixEpoch }, Desk.Cancel));

    private static async Task<string> WriteAsync(HttpClient browser, Guid? of, params (string Name, string Value)[] changes)
    {
        var address = of is null ? Form : $"{Form}?of={of}";
        (string Name, string Value)[] usual = [("Input.Title", "Till outage"), ("Input.System", "Point of sale"), ("Input.Quote", Desk.Quote), ("Input.Catches", "All tills are down"), ("Input.Leaves", "A question about the till training video")];
        using var form = (await browser.PageAsync(address)).Fill("", [.. usual.Where(u => changes.All(c => c.Name != u.Name)), .. changes]);
        return await SentAsync(browser, address, form);
    }

    private async Task<string> ApproveAsync(HttpClient browser)
    {
        var id = (await DraftsAsync())[0];
        await ReplayedAsync(id);
        using var form = (await browser.PageAsync(Register)).Fill("handler=Approve", ("id", $"{id}"));
        return await SentAsync(browser, $"{Register}?handler=Approve", form);
    }

    // the job of the replay, at once
    private Task ReplayedAsync(Guid version) => portal.AsAsync(Acorn.Id, async s =>
    {
        var replay = await s.GetRequiredService<PortalDb>().Replays.Where(r => r.VersionId == version).OrderByDescending(r => r.AskedAt).Select(r => r.Id).FirstAsync(Desk.Cancel);
        for (var wait = 0; wait < 200; wait++)
        {
            if (await s.GetRequiredService<PortalDb>().Replays.AnyAsync(r => r.Id == replay && r.State == Domain.Triage.ReplayState.Done, Desk.Cancel)) return;
            await Task.Delay(100, Desk.Cancel);
        }
        Assert.Fail("the replay did not come to its end");
    });

    private static async Task<string> SentAsync(HttpClient browser, string address, MultipartFormDataContent form)
    {
        using var answer = await browser.SendAsync(address, form);
        return answer.StatusCode == HttpStatusCode.Redirect ? await TextAsync(browser, answer.Headers.Location!.ToString()) : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }

    private static async Task<string> TextAsync(HttpClient browser, string address) => WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(address, UriKind.Relative), Desk.Cancel));
}
