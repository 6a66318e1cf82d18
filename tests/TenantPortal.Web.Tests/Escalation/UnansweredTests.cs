using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.People;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>The tills are down and nobody touches anything: the path goes on by itself, each step once. Its clock is put forward, so it has a portal of its own.</summary>
public sealed class UnansweredTests(Portal portal) : IClassFixture<Portal>
{
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task The_lead_is_called_twice_then_the_next_one_has_the_ticket_and_the_breach_is_explained()
    {
        await Scene.SetAsync(portal);
        await portal.FollowAsync(Autonomy.Act);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging since lunch"));
        Assert.Equal(Priority.P1, ticket.Priority);
        var first = await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count > 0);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"the lead was called after {watch.Elapsed}");
        Assert.Equal(("Priya Ash", "Network lead every day all day"), (first.Single().StaffName, first.Single().Why));
        await portal.LinkAsync("acorn", "priya@maple.example", "/desk/calls/");

        await using var other = await portal.AnotherAsync();   // a second process looks at the same alarms
        await LaterAsync(ticket, 5, 2);
        await LaterAsync(ticket, 5, 3);
        var calls = await LaterAsync(ticket, 5, 4);
        Assert.Equal(["Priya Ash", "Priya Ash", "Sam Ash", "Sam Ash"], calls.Select(c => c.StaffName));
        Assert.Equal(4, (await portal.SentAsync(ticket, "call")).Count);
        var given = await portal.ReadAsync(ticket);
        Assert.Equal(portal.World.Sam.Id, given.AssigneeId);
        Assert.Contains("approved by Sam Ash", given.Events.Single(e => e.Kind == TicketEventKind.Assigned).ActorName, StringComparison.Ordinal);

        portal.Clock.PutForward(TimeSpan.FromMinutes(25));   // the first reply was due after thirty
        var steps = await Scene.UntilAsync(() => portal.StepsAsync(ticket), s => s.Exists(x => x is { Target: "Response", Percent: 100, Action: StepAction.Card }));
        Assert.Equal(steps.Count, steps.DistinctBy(s => s.Key).Count());
        Assert.Equal(["Call service-lead", "Card"], steps.Where(s => s is { Target: "Response", Percent: 100 }).Select(s => s.Step).Order(StringComparer.Ordinal));
        Assert.All(await portal.SentAsync(ticket, "warning"), letter => Assert.NotEqual(OutboxState.Failed, letter.State));

        using var priya = await portal.AsAsync(portal.World.Priya);
        var clock = (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/clock")).Body!.TextContent;
        Assert.Matches("Late by \\d+ min and still running", clock);
        var path = (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}/escalation")).Body!.TextContent;
        Assert.Contains("The first reply is late: call service lead", path, StringComparison.Ordinal);
        Assert.Contains("Priya Ash did not acknowledge 2 calls", (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}")).Body!.TextContent, StringComparison.Ordinal);

        await portal.ChangeAsync(ticket, (t, at) => t.StaffReplies("We are on it.", false, Channel.Portal, Desk.Of(portal.World.Sam), at, Leave.Elsewhere));
        await Scene.UntilAsync(() => portal.CallsAsync(ticket), c => c.TrueForAll(x => x.AgainAt is null));
        var made = (await portal.CallsAsync(ticket)).Count;
        portal.Clock.PutForward(TimeSpan.FromMinutes(30));
        await Task.Delay(2500, Desk.Cancel);
        Assert.Equal(made, (await portal.CallsAsync(ticket)).Count);
    }

    [Fact]
    public async Task A_hand_over_that_asks_waits_for_a_lead_and_is_written_down_with_who_accepted_it()
    {
        await Scene.SetAsync(portal);
        await portal.FollowAsync(null);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, asked"));
        await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count == 1);
        await LaterAsync(ticket, 5, 2);
        await LaterAsync(ticket, 5, 3);
        var asked = (await Scene.UntilAsync(() => portal.StepsAsync(ticket), steps => steps.Exists(s => s.State == StepState.Asked))).Single(s => s.State == StepState.Asked);
        Assert.Equal("Reassign sam", asked.Step);
        Assert.Null((await portal.ReadAsync(ticket)).AssigneeId);

        using var priya = await portal.AsAsync(portal.World.Priya);
        var page = $"/desk/tickets/ACO-{ticket.Number}/escalation";
        Assert.DoesNotContain("handler=Accept", (await priya.PageAsync(page)).Body!.InnerHtml, StringComparison.Ordinal);
        using var forged = (await priya.PageAsync(page)).Fill("handler=Promise", ("id", $"{asked.Id}"));
        using var refused = await priya.SendAsync($"{page}?handler=Accept", forged);
        Assert.Contains("Only a service lead decides about this.", await refused.Content.ReadAsStringAsync(Desk.Cancel), StringComparison.Ordinal);

        using var sam = await portal.AsAsync(portal.World.Sam);
        using var form = (await sam.PageAsync($"/desk/tickets/ACO-{ticket.Number}")).Fill("handler=Accept");
        using var accepted = await sam.SendAsync($"{page}?handler=Accept", form);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.Equal(portal.World.Sam.Id, (await portal.ReadAsync(ticket)).AssigneeId);
        var settled = (await portal.StepsAsync(ticket)).Single(s => s.Id == asked.Id);
        Assert.Equal((StepState.Accepted, "Sam Ash"), (settled.State, settled.SettledBy));
    }

    [Fact]
    public async Task A_clause_past_its_review_date_still_calls_and_asks_before_it_hands_over()
    {
        await Scene.SetAsync(portal);
        await portal.FollowAsync(Autonomy.Act);
        await ReviewByAsync(new(2020, 1, 1));
        try
        {
            var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging, past review"));
            Assert.Equal((Priority.P1, 30), (ticket.Priority, ticket.Targets.Single(t => t.Kind == "Response").AllowanceMinutes));
            await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count == 1);
            await LaterAsync(ticket, 5, 2);
            await LaterAsync(ticket, 5, 3);
            Assert.Equal("Reassign sam", (await portal.StepsAsync(ticket)).Single(s => s.State == StepState.Asked).Step);
            Assert.Null((await portal.ReadAsync(ticket)).AssigneeId);
            using var priya = await portal.AsAsync(portal.World.Priya);
            Assert.Contains("“Till outage” is past its review date: it still counts", (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}")).Body!.TextContent, StringComparison.Ordinal);
        }
        finally { await ReviewByAsync(null); }
    }

    private Task ReviewByAsync(DateOnly? day) => portal.AsAsync(Acorn.Id, async s =>
    {
        (await s.GetRequiredService<PortalDb>().Clauses.SingleAsync(c => c.Title == "Till outage", Desk.Cancel)).ReviewBy = day;
        await s.GetRequiredService<PortalDb>().SaveChangesAsync(Desk.Cancel);
        s.GetRequiredService<Features.Triage.ClientProfiles>().Forget(Acorn.Id);
    });

    [Fact]
    public async Task A_standard_ticket_warns_its_owner_and_no_one_is_called()
    {
        await Scene.SetAsync(portal);
        await portal.FollowAsync(null);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer prints stripes") with { Report = Desk.Report(Acorn, "Printer prints stripes").Report with { Impact = Impact.Team, Urgency = Urgency.Stopped } });
        Assert.Equal(Priority.P2, ticket.Priority);
        await portal.ChangeAsync(ticket, (t, at) => t.Take(portal.World.Priya.Id, Desk.Of(portal.World.Priya), at));
        portal.Clock.PutForward(TimeSpan.FromMinutes(91));   // of two hours
        var step = (await Scene.UntilAsync(() => portal.StepsAsync(ticket), steps => steps.Count > 0)).Single();
        Assert.Equal(("Response", 75, "Notify owner", "Told Priya Ash (has the ticket)."), (step.Target, step.Percent, step.Step, step.Outcome));
        Assert.Empty(await portal.CallsAsync(ticket));
    }

    [Fact]
    public async Task A_pause_holds_the_steps_back_and_a_change_of_priority_brings_its_own()
    {
        await Scene.SetAsync(portal);
        await portal.FollowAsync(null);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer is slow today"));
        await portal.ChangeAsync(ticket, (t, at) => t.StaffReplies("We look.", true, Channel.Portal, Desk.Of(portal.World.Priya), at, Leave.Elsewhere));
        await Scene.UntilAsync(() => AlarmsAsync(ticket), found => found == 0);   // only the fix's clock is left, and it rests
        await portal.ChangeAsync(ticket, (t, at) => t.ContactReplies("nobody can work, all tills hanging", Channel.Portal, Desk.Eve(Acorn), at, out _));
        Assert.Equal(Priority.P1, (await portal.ReadAsync(ticket)).Priority);
        await Scene.UntilAsync(() => portal.CallsAsync(ticket), calls => calls.Count == 1);
        Assert.Equal(1, await AlarmsAsync(ticket));
    }

    [Fact]
    public async Task A_promised_update_reminds_its_owner_and_a_missed_one_is_told()
    {
        await Scene.SetAsync(portal);
        await portal.FollowAsync(null);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer paper jam"));
        await portal.ChangeAsync(ticket, (t, at) => t.StaffReplies($"I write again at {TimeZoneInfo.ConvertTime(at.AddHours(1), TimeZoneInfo.FindSystemTimeZoneById("Europe/London")):HH:mm}.", false, Channel.Portal, Desk.Of(portal.World.Priya), at));
        using var priya = await portal.AsAsync(portal.World.Priya);
        using var form = (await priya.PageAsync($"/desk/tickets/ACO-{ticket.Number}")).Fill("escalation?handler=Promise");
        using var promised = await priya.SendAsync($"/desk/tickets/ACO-{ticket.Number}/escalation?handler=Promise", form);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, promised.StatusCode);
        using var eve = await portal.AsAsync(Acorn.Employee);
        Assert.Contains("Priya writes to you again by", (await eve.PageAsync($"{Acorn.Door}/requests/{ticket.Number}")).Body!.TextContent, StringComparison.Ordinal);

        portal.Clock.PutForward(TimeSpan.FromMinutes(52));
        await Scene.UntilAsync(() => portal.StepsAsync(ticket), steps => steps.Exists(s => s is { Target: EscalationPlan.Update, Percent: 90 }));
        portal.Clock.PutForward(TimeSpan.FromMinutes(10));
        await Scene.UntilAsync(() => portal.StepsAsync(ticket), steps => steps.Exists(s => s is { Target: EscalationPlan.Update, Percent: 100 }));
        var missed = await portal.ReadAsync(ticket);
        Assert.Contains(missed.Events, e => e.Kind == TicketEventKind.UpdateMissed);
        await portal.ChangeAsync(ticket, (t, at) => t.StaffReplies("Here I am.", false, Channel.Portal, Desk.Of(portal.World.Priya), at, Leave.Elsewhere));
        Assert.Null((await portal.ReadAsync(ticket)).NextUpdateAt);
    }

    private async Task<long> AlarmsAsync(Ticket ticket) => (await Server.ListAsync<long>(portal.Owner, $"select count(*) from alarm where ticket_id = '{ticket.Id}'"))[0];

    private async Task<List<LeadCall>> LaterAsync(Ticket ticket, int minutes, int calls)
    {
        portal.Clock.PutForward(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(1));
        return await Scene.UntilAsync(() => portal.CallsAsync(ticket), c => c.Count >= calls);
    }
}
