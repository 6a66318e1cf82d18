using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Messages;

public sealed class StageMessagesTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_stage_is_written_once_to_the_contact_alone_however_often_it_is_told()
    {
        var ticket = await SendAsync("Printer prints blank pages");
        await TryAGuideAsync(ticket);
        await ChangeAsync(ticket, (t, now) => t.HandOff("the guide did not help", Actor.Machine("attempts"), now));
        await ChangeAsync(ticket, (t, now) => t.Take(portal.World.Priya.Id, Desk.Of(portal.World.Priya), now));
        await ChangeAsync(ticket, (t, now) => t.StaffReplies("Please switch it off and on.", false, Channel.Portal, Desk.Of(portal.World.Priya), now));
        await ChangeAsync(ticket, (t, now) => t.Resolve(new("Replaced the drum.", null, null, null, null), null, Desk.Of(portal.World.Priya), now));
        await UntilAsync(ticket, "resolved");
        await ChangeAsync(ticket, (t, now) => t.Reopen("blank again", Desk.Eve(portal.World.Acorn), now));
        await UntilAsync(ticket, "reopened");
        await TellAgainAsync(ticket, times: 3);

        var letters = await LettersAsync(ticket);
        Assert.Equal(["assigned", "received", "reopened", "reply", "resolved", "tried"], letters.Select(l => l.Stage).Order());
        Assert.All(letters, l => Assert.Equal(portal.World.Acorn.Employee.Email, l.Recipient));
    }

    [Fact]
    public async Task The_letters_say_what_happens_next_and_lead_to_the_request()
    {
        var ticket = await SendAsync("Cannot open the rota");
        await ChangeAsync(ticket, (t, now) => t.Take(portal.World.Priya.Id, Desk.Of(portal.World.Priya), now));
        await UntilAsync(ticket, "assigned");
        var assigned = (await LettersAsync(ticket)).Single(l => l.Stage == "assigned");
        Assert.StartsWith("Cannot open the rota: Priya replies by ", assigned.Subject);
        Assert.EndsWith($"[#{ticket.Number}]", assigned.Subject);
        Assert.Contains($"/c/acorn/requests/{ticket.Number}?t=3D", System.Text.Encoding.ASCII.GetString(assigned.Bytes).Replace("=\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_reply_names_the_engineer_and_needs_no_second_letter()
    {
        var ticket = await SendAsync("The scanner hums");
        await ChangeAsync(ticket, (t, now) => t.StaffReplies("Which scanner is it?", true, Channel.Portal, Desk.Of(portal.World.Priya), now));
        await UntilAsync(ticket, "reply");
        Assert.Equal(["received", "reply"], (await LettersAsync(ticket)).Select(l => l.Stage).Order());
    }

    [Fact]
    public async Task A_question_by_one_tap_is_a_letter_that_leads_to_the_answers()
    {
        var ticket = await SendAsync("The kettle beeps");
        await ChangeAsync(ticket, (t, now) => t.Ask(["Error"], "What does the message say?", Desk.Of(portal.World.Priya), now));
        await UntilAsync(ticket, "question");
        var letter = System.Text.Encoding.ASCII.GetString((await LettersAsync(ticket)).Single(l => l.Stage == "question").Bytes).Replace("=\r\n", "", StringComparison.Ordinal);
        Assert.Contains("What does the message say?", letter, StringComparison.Ordinal);
        Assert.Contains($"/c/acorn/requests/{ticket.Number}/complete?t=3D", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_engineer_is_named_once_and_another_one_too()
    {
        var ticket = await SendAsync("The till is slow");
        foreach (var engineer in new[] { portal.World.Priya, portal.World.Sam, portal.World.Priya })
        {
            await ChangeAsync(ticket, (t, now) => t.Assign(engineer.Id, engineer.FirstName, null, Desk.Of(portal.World.Sam), now));
            await UntilAsync(ticket, "assigned", l => l.Occurrence == engineer.Id.ToString());
        }
        await TellAgainAsync(ticket, times: 1);
        Assert.Equal(2, (await LettersAsync(ticket)).Count(l => l.Stage == "assigned"));
    }

    [Fact]
    public async Task Nobody_is_written_to_about_history_that_is_brought_in()
    {
        await Desk.FurnishAsync(portal);
        var old = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "Last year's printer") with { At = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(300) });
        var fresh = await SendAsync("This year's printer");
        await UntilAsync(fresh, "received");
        await TellAgainAsync(old, times: 1);
        Assert.Empty(await LettersAsync(old));
    }

    [Fact]
    public async Task A_handed_off_ticket_without_a_guide_has_nothing_to_tell()
    {
        var ticket = await SendAsync("The screen flickers");
        await ChangeAsync(ticket, (t, now) => t.HandOff("asked for a person", Desk.Eve(portal.World.Acorn), now));
        await TellAgainAsync(ticket, times: 1);
        await UntilAsync(ticket, "received");
        Assert.Equal(["received"], (await LettersAsync(ticket)).Select(l => l.Stage));
    }

    [Fact]
    public async Task A_transaction_makes_one_head_of_work_for_all_its_events()
    {
        var ticket = await SendAsync("One head");
        var events = await portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Events.CountAsync(e => e.TicketId == ticket.Id, Cancel));
        var heads = await Server.ListAsync<long>(portal.Owner, $"select count(*) from job where ref_id = '{ticket.Id}' and kind = 'ticket-events'");
        Assert.True(events > 1);
        Assert.Equal([1L], heads);
    }

    private async Task<Ticket> SendAsync(string subject)
    {
        await Desk.FurnishAsync(portal);
        return await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, subject));
    }

    private async Task ChangeAsync(Ticket ticket, Func<Ticket, DateTimeOffset, Domain.Tenancy.Refusal?> verb) => Assert.Null(await portal.ChangeAsync(ticket, verb));

    private Task TryAGuideAsync(Ticket ticket) => portal.AsAsync(ticket.TenantId, async s =>
    {
        var at = ticket.OpenedAt;
        s.GetRequiredService<PortalDb>().Add(new Attempt { TenantId = ticket.TenantId, TicketId = ticket.Id, RunbookId = Guid.NewGuid(), VersionHash = "v", Title = "Restart the printer", Number = 1, StartedAt = at, LastAnswerAt = at, Outcome = AttemptOutcome.Failed, Steps = [new("a", "Switch it off", StepAnswer.Didnt, at)] });
        await s.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel);
    });

    private Task TellAgainAsync(Ticket ticket, int times) => Task.WhenAll(Enumerable.Range(0, times).Select(_ => portal.AsAsync(ticket.TenantId, s =>
        s.GetServices<IJobHandler>().Single(h => h.Kind == "ticket-events").RunAsync(new() { TenantId = ticket.TenantId, Kind = "ticket-events", RefId = ticket.Id.Value, Number = 0, DueAt = ticket.OpenedAt }, Cancel))));

    private Task<List<OutboxMessage>> LettersAsync(Ticket ticket) => portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().Where(m => m.TicketId == ticket.Id).ToListAsync(Cancel));

    private async Task UntilAsync(Ticket ticket, string stage, Func<OutboxMessage, bool>? holds = null)
    {
        while (!(await LettersAsync(ticket)).Any(l => l.Stage == stage && (holds is null || holds(l)))) await Task.Delay(20, Cancel);
    }
}
