using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Tests.Knowledge;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

public sealed class FollowGuideTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await GuideWorld.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_guide_goes_on_in_another_browser_and_yes_resolves_the_request_with_its_version()
    {
        var (ticket, slug) = await portal.AskAsync(Acorn);
        Assert.Equal("descale-the-kettle", slug);
        Assert.True((await portal.ReadAsync(ticket)).IsTryingGuide);
        var phone = await ReadingAsync(ticket);
        Assert.Equal("Fill it with vinegar", phone.Heading);
        await phone.AnswerAsync("Worked");

        var laptop = await ReadingAsync(ticket);
        Assert.Equal("Boil it twice", laptop.Heading);
        await laptop.AnswerAsync("Worked");
        Assert.Equal("Did this resolve your issue?", laptop.Heading);
        await laptop.CloseAsync("Yes");
        Assert.Equal("Solved", laptop.Heading);

        var read = await portal.ReadAsync(ticket);
        var attempt = Assert.Single(await portal.AttemptsAsync(ticket));
        Assert.Equal((TicketStatus.Resolved, attempt.VersionHash), (read.Status, read.ResolvedByVersion));
        Assert.Equal("Solved with the guide “Descale the kettle”.", read.Resolution!.Summary);
        Assert.Equal(AttemptOutcome.Confirmed, attempt.Outcome);
        Assert.Equal([TicketEventKind.GuideOffered, TicketEventKind.GuideOpened, TicketEventKind.StepAnswered, TicketEventKind.StepAnswered, TicketEventKind.GuideFinished, TicketEventKind.Resolved],
            read.Events.Select(e => e.Kind).Where(k => k is >= TicketEventKind.GuideOffered and <= TicketEventKind.HandedOff or TicketEventKind.Resolved));
    }

    [Fact]
    public async Task An_offer_that_a_failure_swallowed_is_made_a_minute_later_and_once()
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Descale the kettle", "I want to descale the kettle please, the kettle is full of limescale.") with { DeviceId = Acorn.Laptop.Id, IsOffered = true });
        Assert.Empty(await portal.AttemptsAsync(ticket));
        var job = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Set<Job>().AsNoTracking().SingleAsync(j => j.Kind == NewTicket.OfferJob && j.RefId == ticket.Id.Value, GuideWorld.Cancel));
        Assert.InRange(job.DueAt - ticket.OpenedAt, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => portal.AsAsync(Acorn.Id, s => s.GetServices<IJobHandler>().Single(h => h.Kind == NewTicket.OfferJob).RunAsync(job, GuideWorld.Cancel))));
        Assert.Single(await portal.AttemptsAsync(ticket));
        Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.GuideOffered);
    }

    [Fact]
    public async Task No_brings_the_second_guide_and_after_two_a_person_who_has_the_words_of_both()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var reading = await ReadingAsync(ticket);
        await reading.AnswerAsync("Didnt");
        await reading.AnswerAsync("Couldnt");
        await reading.CloseAsync("No", "There is still chalk in it.");
        Assert.Equal("Push the plug in", reading.Heading);
        Assert.True((await portal.ReadAsync(ticket)).IsTryingGuide);
        await reading.AnswerAsync("Worked");
        await reading.CloseAsync("No");
        Assert.Equal("A person takes over", reading.Heading);

        var read = await portal.ReadAsync(ticket);
        Assert.Equal("2 guides have been tried.", Assert.Single(read.Events, e => e.Kind == TicketEventKind.HandedOff).Detail["reason"]);
        Assert.Equal((true, false), (read.IsOpen, read.IsTryingGuide));
        Assert.Contains(read.Messages, m => m.Text == "There is still chalk in it.");
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Failed], (await portal.AttemptsAsync(ticket)).Select(a => a.Outcome));
        Assert.Equal(3, await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Decisions.CountAsync(d => d.TicketId == ticket.Id.Value && d.Kind == "guide-offer", GuideWorld.Cancel)));
    }

    [Fact]
    public async Task Partly_hands_over_with_what_the_person_wrote()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var reading = await ReadingAsync(ticket);
        await reading.AnswerAsync("Worked");
        await reading.AnswerAsync("Worked");
        await reading.CloseAsync("Partly", "It boils, but the lid is stuck.");
        Assert.Equal("A person takes over", reading.Heading);
        Assert.Contains("We answer by", reading.Text, StringComparison.Ordinal);
        Assert.Equal("It boils, but the lid is stuck.", Assert.Single(await portal.AttemptsAsync(ticket)).Comment);
        Assert.Equal("“Descale the kettle” helped partly.", Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.HandedOff).Detail["reason"]);
    }

    [Fact]
    public async Task Asking_a_person_keeps_the_steps_done_and_hands_over_once()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var reading = await ReadingAsync(ticket);
        await reading.AnswerAsync("Worked");
        Assert.Equal(HttpStatusCode.Redirect, await reading.PressAsync("Ask"));
        Assert.Equal(HttpStatusCode.Redirect, await reading.PressAsync("Ask"));
        var read = await portal.ReadAsync(ticket);
        Assert.Single(read.Events, e => e.Kind == TicketEventKind.PersonAsked);
        Assert.Single(read.Events, e => e.Kind == TicketEventKind.HandedOff);
        var attempt = Assert.Single(await portal.AttemptsAsync(ticket));
        Assert.Equal((AttemptOutcome.Abandoned, StepAnswer.Worked), (attempt.Outcome, attempt.Steps[0].Answer));
    }

    [Fact]
    public async Task The_same_button_in_two_browsers_at_once_counts_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var (ticket, _) = await portal.AskAsync(Acorn);
            var (one, two) = (await ReadingAsync(ticket), await ReadingAsync(ticket));
            await Task.WhenAll(one.PressAsync("Answer", ("answer", "Worked")), two.PressAsync("Answer", ("answer", "Worked")));
            await one.LookAsync();
            Assert.Equal("Boil it twice", one.Heading);
            Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.StepAnswered);
            await one.AnswerAsync("Worked");
            await two.LookAsync();
            await Task.WhenAll(one.PressAsync("Close", ("result", "No")), two.PressAsync("Close", ("result", "No")));
            Assert.Equal(2, (await portal.AttemptsAsync(ticket)).Count);
        }
    }

    [Fact]
    public async Task An_old_page_never_answers_the_second_guide()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var (old, reading) = (await ReadingAsync(ticket), await ReadingAsync(ticket));
        await reading.AnswerAsync("Worked");
        await reading.AnswerAsync("Worked");
        await old.LookAsync();
        await reading.CloseAsync("No");
        Assert.Equal(HttpStatusCode.OK, await old.PressAsync("Close", ("result", "Yes")));
        Assert.Contains("answered already", old.Text, StringComparison.Ordinal);
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Running], (await portal.AttemptsAsync(ticket)).Select(a => a.Outcome));
        Assert.True((await portal.ReadAsync(ticket)).IsOpen);
    }

    [Fact]
    public async Task Steps_for_engineers_and_for_other_machines_are_not_on_any_page()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var reading = await ReadingAsync(ticket);
        Assert.Contains("Step 1 of 2", reading.Text, StringComparison.Ordinal);
        await reading.AnswerAsync("Worked");
        await reading.AnswerAsync("Worked");
        Assert.Equal(["Fill it with vinegar", "Boil it twice"], Assert.Single(await portal.AttemptsAsync(ticket)).Steps.Select(s => s.Title));
        Assert.DoesNotContain("Unlock the heater", reading.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_guide_another_clients_and_an_unknown_one_are_the_same_404()
    {
        var (mine, _) = await portal.AskAsync(Acorn);
        var (foreign, _) = await portal.AskAsync(portal.World.Birch);
        var manager = new GuideReading(await portal.AsAsync(Acorn.Manager), Acorn, mine);
        Assert.Equal(HttpStatusCode.NotFound, await manager.LookAsync());
        var own = await ReadingAsync(mine);
        Assert.Equal(HttpStatusCode.NotFound, await own.PressAsync("Answer", ("answer", "Worked"), ("Attempt", Assert.Single(await portal.AttemptsAsync(foreign)).Id.ToString())));
        using var browser = await portal.AsAsync(Acorn.Employee);
        using var unknown = await browser.GetAsync(new Uri($"{Acorn.Door}/requests/99999/guide", UriKind.Relative), GuideWorld.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Null(Assert.Single(await portal.AttemptsAsync(mine)).Steps[0].Answer);
    }

    [Fact]
    public async Task What_a_guide_solved_is_learned_for_engineers_for_contacts_from_two_people_on_and_forgotten_when_it_opens_again()
    {
        var shelf = new Shelf(portal);
        var (contact, engineer, other) = (Shelf.Reader(Acorn), Shelf.Engineer(Acorn, 1), Shelf.Engineer(portal.World.Birch, 3));
        Assert.Empty((await shelf.SearchAsync("gurgles", engineer)).Hits);
        await SolvedAsync(Acorn.Employee);
        await GuideWorld.EventuallyAsync(async () => (await shelf.SearchAsync("gurgles", engineer)).Hits is [{ Slug: "descale-the-kettle" }, ..]);
        Assert.Empty((await shelf.SearchAsync("gurgles", contact)).Hits);
        var second = await SolvedAsync(Acorn.Manager);
        await GuideWorld.EventuallyAsync(async () => (await shelf.SearchAsync("gurgles", contact)).Hits is [{ Slug: "descale-the-kettle" }, ..]);
        Assert.Empty((await shelf.SearchAsync("gurgles", other)).Hits);
        // neither names nor what one person alone wrote
        Assert.Empty((await shelf.SearchAsync(Acorn.Manager.FirstName, engineer)).Hits);
        Assert.Empty((await shelf.SearchAsync("stonemanual", contact)).Hits);
        Assert.NotEmpty((await shelf.SearchAsync("stonemanual", engineer)).Hits);

        Assert.Null(await portal.ChangeAsync(second, (t, now) => t.Reopen("Chalk again", Desk.Eve(Acorn), now)));
        await GuideWorld.EventuallyAsync(async () => (await shelf.SearchAsync("gurgles", contact)).Hits.Count == 0);
        Assert.NotEmpty((await shelf.SearchAsync("gurgles", engineer)).Hits);
    }

    private async Task<Ticket> SolvedAsync(Domain.People.Contact who)
    {
        var (ticket, slug) = await portal.AskAsync(Acorn, text: $"I want to descale the kettle please, the kettle is full of limescale and gurgles. {who.Name.Split(' ')[^1]}manual {who.FirstName}", change: i => i with { ContactId = who.Id, By = new(ActorKind.Contact, who.Id.Value, who.Name) });
        Assert.Equal("descale-the-kettle", slug);
        var reading = new GuideReading(await portal.AsAsync(who), Acorn, ticket);
        Assert.Equal(HttpStatusCode.OK, await reading.LookAsync());
        await reading.AnswerAsync("Worked");
        await reading.AnswerAsync("Worked");
        await reading.CloseAsync("Yes");
        return ticket;
    }

    private async Task<GuideReading> ReadingAsync(Ticket ticket)
    {
        var reading = new GuideReading(await portal.AsAsync(Acorn.Employee), Acorn, ticket);
        Assert.Equal(HttpStatusCode.OK, await reading.LookAsync());
        return reading;
    }
}
