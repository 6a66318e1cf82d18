using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tickets;

/// <summary>The page that explains a ticket's clocks, and the verbs on it, by the front door.</summary>
public sealed class ClockPageTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_breach_is_explained_minute_by_minute()
    {
        var monday = new DateTimeOffset(2025, 6, 9, 8, 0, 0, TimeSpan.Zero);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging") with { At = monday });
        var sam = Desk.Of(portal.World.Sam);
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.StaffReplies("Looking at it.", false, Channel.Portal, sam, monday.AddMinutes(71), Desk.Agreed)));
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.Hold(HoldReason.Vendor, "a part", null, sam, monday.AddMinutes(80))));
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.Resume(sam, monday.AddMinutes(100))));
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.Resolve(new("Restarted", null, null, null, null), null, sam, monday.AddMinutes(200))));

        using var browser = await portal.AsAsync(portal.World.Priya);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(Address(ticket), UriKind.Relative), Desk.Cancel));

        Assert.Contains("Late by 41 min: due Mon 9 Jun 2025 09:30, done Mon 9 Jun 2025 10:11, 1 h 11 min of 30 min used.", page, StringComparison.Ordinal);
        Assert.Contains("Kept: from Mon 9 Jun 2025 09:00 to Mon 9 Jun 2025 12:20, 3 h of 4 h used.", page, StringComparison.Ordinal);
        Assert.Contains("Mon 9 Jun 2025 10:20 to Mon 9 Jun 2025 10:40  20 min  Paused, waiting for a vendor, by Sam  (used 1 h 20 min)", page, StringComparison.Ordinal);
        Assert.Contains("Clause “Till outage”", page, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"late\" x=\"422\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engineer_pauses_for_a_vendor_and_the_contact_reads_why()
    {
        var ticket = await AnsweredAsync("Printer waits for a part");
        var due = (await FixOf(ticket)).DueAt;
        using var browser = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("Say in a few words what is waited for.", await PostAsync(browser, ticket, "Hold", ("Input.Reason", "Vendor"), ("Input.What", " ")), StringComparison.Ordinal);
        Assert.Contains("The clock pauses.", await PostAsync(browser, ticket, "Hold", ("Input.Reason", "Vendor"), ("Input.What", "the fuser from Kyocera")), StringComparison.Ordinal);

        var read = await portal.ReadAsync(ticket);
        Assert.Equal(TicketStatus.OnHold, read.Status);
        Assert.Equal("Vendor", Assert.Single(read.Events, e => e.Kind == TicketEventKind.Held).Detail["reason"]);
        using var eve = await portal.AsAsync(Acorn.Employee);
        Assert.Contains("we wait for a supplier: the fuser from Kyocera", await eve.GetStringAsync(new Uri($"{Acorn.Door}/requests/{ticket.Number}", UriKind.Relative), Desk.Cancel), StringComparison.Ordinal);
        Assert.Contains("paused, fix", await browser.GetStringAsync(new Uri($"/desk/tickets/ACO-{ticket.Number}", UriKind.Relative), Desk.Cancel), StringComparison.Ordinal);

        // their message is answered for, and the hold goes on
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("Any news?", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        Assert.Equal(TicketStatus.OnHold, (await portal.ReadAsync(ticket)).Status);
        Assert.Contains("The clock runs again.", await PostAsync(browser, ticket, "Resume"), StringComparison.Ordinal);
        Assert.Equal(TicketStatus.Open, (await portal.ReadAsync(ticket)).Status);
        Assert.True((await FixOf(ticket)).DueAt >= due);
    }

    [Fact]
    public async Task Waiting_for_the_contact_ends_with_their_next_message()
    {
        var ticket = await AnsweredAsync("Printer question");
        using var browser = await portal.AsAsync(portal.World.Priya);
        await PostAsync(browser, ticket, "Hold", ("Input.Reason", "Contact"));
        Assert.Equal(TicketStatus.Waiting, (await portal.ReadAsync(ticket)).Status);
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("Here it is.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        Assert.Equal(TicketStatus.Open, (await portal.ReadAsync(ticket)).Status);
        Assert.Contains("wrote last and waits for an answer", await PostAsync(browser, ticket, "Hold", ("Input.Reason", "Contact")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_of_the_first_reply_never_rests()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer without answer"));
        using var browser = await portal.AsAsync(portal.World.Priya);
        Assert.DoesNotContain("handler=Hold", await browser.GetStringAsync(new Uri(Address(ticket), UriKind.Relative), Desk.Cancel), StringComparison.Ordinal);
        using var forged = (await browser.PageAsync(Address(await AnsweredAsync("Printer with an answer")))).Fill("handler=Hold", ("Input.Reason", "Vendor"), ("Input.What", "a part"));
        using var answer = await browser.SendAsync($"{Address(ticket)}?handler=Hold", forged);
        Assert.Contains("Nobody has answered yet, and the clock of the first reply never rests.", await answer.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);
        Assert.Equal(TicketStatus.New, (await portal.ReadAsync(ticket)).Status);
    }

    [Fact]
    public async Task A_planned_hold_ends_by_itself_when_its_time_has_come()
    {
        var ticket = await AnsweredAsync("Printer moves");
        using var browser = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("Say until when", await PostAsync(browser, ticket, "Hold", ("Input.Reason", "Scheduled"), ("Input.What", "the move")), StringComparison.Ordinal);
        var wall = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow().AddDays(2), TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await PostAsync(browser, ticket, "Hold", ("Input.Reason", "Scheduled"), ("Input.What", "the move"), ("Input.Until", wall));
        Assert.NotNull((await portal.ReadAsync(ticket)).HeldUntil);
        var job = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Set<Job>().AsNoTracking().SingleAsync(j => j.Kind == HoldEnds.JobKind && j.RefId == ticket.Id.Value, Desk.Cancel));
        Assert.Equal((await portal.ReadAsync(ticket)).HeldUntil, job.DueAt);

        await RunAsync(job, TimeProvider.System.GetUtcNow().AddDays(1));
        Assert.Equal(TicketStatus.OnHold, (await portal.ReadAsync(ticket)).Status);
        await RunAsync(job, job.DueAt.AddSeconds(1));
        await RunAsync(job, job.DueAt.AddSeconds(2));
        var read = await portal.ReadAsync(ticket);
        Assert.Equal((TicketStatus.Open, (DateTimeOffset?)null), (read.Status, read.HeldUntil));
        Assert.Equal("the date that was set", Assert.Single(read.Events, e => e.Kind == TicketEventKind.Resumed).ActorName);
    }

    [Fact]
    public async Task Who_does_not_serve_the_client_finds_no_clock()
    {
        var ticket = await portal.SendAsync(portal.World.Birch.Id, Desk.Report(portal.World.Birch, "Printer of Birch"));
        using var nico = await portal.AsAsync(portal.World.Nico);
        using var hidden = await nico.GetAsync(new Uri($"/desk/tickets/BIR-{ticket.Number}/clock", UriKind.Relative), Desk.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("Printer of Birch", await priya.GetStringAsync(new Uri($"/desk/tickets/BIR-{ticket.Number}/clock", UriKind.Relative), Desk.Cancel), StringComparison.Ordinal);
    }

    private Task RunAsync(Job job, DateTimeOffset now) => portal.AsAsync(Acorn.Id, async s =>
    {
        var time = new Moment(now);
        var change = ActivatorUtilities.CreateInstance<ChangeTicket>(s, time);
        await ActivatorUtilities.CreateInstance<HoldEnds>(s, change, time).RunAsync(job, Desk.Cancel);
    });

    private async Task<Ticket> AnsweredAsync(string subject)
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, subject));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.StaffReplies("We look at it.", false, Channel.Portal, Desk.Of(portal.World.Sam), now, Desk.Agreed)));
        return ticket;
    }

    private async Task<TicketTarget> FixOf(Ticket ticket) => (await portal.ReadAsync(ticket)).Targets.Single(t => t.Kind == "Resolution");

    private static async Task<string> PostAsync(HttpClient browser, Ticket ticket, string handler, params (string Name, string Value)[] fields)
    {
        var page = await browser.PageAsync(Address(ticket));
        using var form = page.Fill($"handler={handler}", fields);
        using var answer = await browser.SendAsync($"{Address(ticket)}?handler={handler}", form);
        if (answer.StatusCode == HttpStatusCode.Redirect) return WebUtility.HtmlDecode(await browser.GetStringAsync(answer.Headers.Location, Desk.Cancel));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }

    private static string Address(Ticket ticket) => $"/desk/tickets/ACO-{ticket.Number}/clock";

    private sealed class Moment(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
