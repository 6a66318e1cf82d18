using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tickets;

public sealed class ChangeTicketTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await Desk.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Two_engineers_resolving_at_once_are_one_resolution_and_one_refusal()
    {
        for (var round = 0; round < 5; round++)
        {
            var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, $"Printer hums {round}"));
            var answers = await Task.WhenAll(new[] { portal.World.Sam, portal.World.Priya }.Select(staff =>
                portal.ChangeAsync(ticket, (t, now) => t.Resolve(new("Cleaned", null, null, null, null), null, Desk.Of(staff), now))));
            Assert.Equal("This ticket is resolved already, by someone else a moment ago.", Assert.Single(answers, a => a is not null)!.Sentence);
            Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.Resolved);
        }
    }

    [Fact]
    public async Task Two_replies_at_once_are_both_kept()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer squeaks"));
        var answers = await Task.WhenAll(
            portal.ChangeAsync(ticket, (t, now) => t.StaffReplies("Looking at it.", false, Channel.Portal, Desk.Of(portal.World.Sam), now, Desk.Agreed)),
            portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("It smells, too.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        Assert.All(answers, Assert.Null);
        Assert.Equal([1, 2, 3], (await portal.ReadAsync(ticket)).Messages.Select(m => m.Number).Order());
    }

    [Fact]
    public async Task A_later_message_of_the_contact_is_read_and_raises_the_priority_with_its_clock()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer in the office prints grey") with { At = new(2025, 6, 10, 9, 0, 0, TimeSpan.Zero) });
        Assert.Equal(Priority.P3, ticket.Priority);
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.ContactReplies("Now all tills are down. They say “Host unreachable”, error 0x80070035.", Channel.Portal, Desk.Eve(Acorn), now, out _)));
        var read = await portal.ReadAsync(ticket);
        Assert.Equal(Priority.P1, read.Priority);
        Assert.NotNull(read.Verdict!.Clause);
        Assert.Equal(30, read.Targets.Single(t => t.Kind == "Response").AllowanceMinutes);
        Assert.Equal(ticket.OpenedAt.AddMinutes(30), read.DueAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(read.Messages.Single(m => m.Number == 2).Id, read.Facts.Single(f => f.Field == EnvironmentField.Codes).MessageId);
        Assert.Contains(read.Events, e => e.Kind == TicketEventKind.Alerted);
        Assert.Equal(2, await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Decisions.CountAsync(d => d.TicketId == ticket.Id.Value, Desk.Cancel)));
    }

    [Fact]
    public async Task What_would_lower_the_priority_is_only_a_suggestion()
    {
        var input = Desk.Report(Acorn, "Printer stopped");
        var ticket = await portal.SendAsync(Acorn.Id, input with { Report = input.Report with { Impact = Impact.Team, Urgency = Urgency.Stopped } });
        Assert.Equal(Priority.P2, ticket.Priority);
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Answer(Impact.One, Urgency.Question, null, null, Desk.Eve(Acorn), now)));
        var read = await portal.ReadAsync(ticket);
        Assert.Equal(Priority.P2, read.Priority);
        Assert.Equal("P4", Assert.Single(read.Events, e => e.Kind == TicketEventKind.VerdictSuggested).Detail["priority"]);
    }

    [Fact]
    public async Task Waiting_for_the_contact_moves_the_due_time_of_the_fix_and_the_first_reply_is_met()
    {
        var opened = TimeProvider.System.GetUtcNow().AddHours(-3);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging") with { At = opened });
        var before = (await portal.ReadAsync(ticket)).Targets.Single(t => t.Kind == "Resolution").DueAt;
        var sam = Desk.Of(portal.World.Sam);
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.StaffReplies("Which till?", true, Channel.Portal, sam, opened.AddMinutes(20), Desk.Agreed)));
        Assert.Equal(before, (await portal.ReadAsync(ticket)).Targets.Single(t => t.Kind == "Resolution").DueAt);
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.ContactReplies("The left one.", Channel.Portal, Desk.Eve(Acorn), opened.AddMinutes(80), out var answered)));
        var read = await portal.ReadAsync(ticket);
        Assert.Equal(opened.AddMinutes(20), read.Targets.Single(t => t.Kind == "Response").MetAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(before.AddMinutes(60), read.Targets.Single(t => t.Kind == "Resolution").DueAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(read.DueAt, read.Targets.Single(t => t.Kind == "Resolution").DueAt);
    }

    [Fact]
    public async Task A_reopened_ticket_has_its_clock_back_without_the_time_it_was_closed()
    {
        var opened = TimeProvider.System.GetUtcNow().AddHours(-3);
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "tills hanging") with { At = opened });
        var sam = Desk.Of(portal.World.Sam);
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.Resolve(new("Restarted", null, null, null, null), null, sam, opened.AddMinutes(30))));
        Assert.NotNull((await portal.ReadAsync(ticket)).Targets.Single(t => t.Kind == "Resolution").MetAt);
        Assert.Null(await portal.ChangeAsync(ticket, (t, _) => t.Reopen("Again", Desk.Eve(Acorn), opened.AddMinutes(130))));
        var fix = (await portal.ReadAsync(ticket)).Targets.Single(t => t.Kind == "Resolution");
        Assert.Null(fix.MetAt);
        Assert.Equal(opened.AddMinutes(240 + 100), fix.DueAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_ticket_of_another_client_cannot_be_changed()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Printer mine"));
        var refused = await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<ChangeTicket>().RunAsync(ticket.Id, (t, now) => t.Reopen(null, Desk.Eve(portal.World.Birch), now), Desk.Cancel));
        Assert.Equal("This request does not exist.", refused!.Sentence);
    }
}
