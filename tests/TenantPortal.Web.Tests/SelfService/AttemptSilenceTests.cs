using System.Net;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

public sealed class AttemptSilenceTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync()
    {
        await GuideWorld.FurnishAsync(portal);
        await AtAsync(10);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task After_fifteen_open_minutes_of_silence_the_partial_attempt_is_handed_over_once()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var reading = new GuideReading(await portal.AsAsync(Acorn.Employee), Acorn, ticket);
        await reading.LookAsync();
        portal.Clock.PutForward(TimeSpan.FromMinutes(14));
        await reading.AnswerAsync("Didnt");
        portal.Clock.PutForward(TimeSpan.FromMinutes(14));
        await portal.ListenAsync(Assert.Single(await portal.AttemptsAsync(ticket)));
        Assert.Equal(AttemptOutcome.Running, Assert.Single(await portal.AttemptsAsync(ticket)).Outcome);

        portal.Clock.PutForward(TimeSpan.FromMinutes(2));
        // the worker finds the job that the answer had put off; beside it the same job runs twice more
        await portal.ListenAsync(Assert.Single(await portal.AttemptsAsync(ticket)));
        var read = await portal.ReadAsync(ticket);
        Assert.Equal("No answer for 15 open minutes while trying “Descale the kettle”.", Assert.Single(read.Events, e => e.Kind == TicketEventKind.HandedOff).Detail["reason"]);
        Assert.Single(read.Events, e => e.Kind == TicketEventKind.AttemptAbandoned);
        Assert.False(read.IsTryingGuide);
        var attempt = Assert.Single(await portal.AttemptsAsync(ticket));
        Assert.Equal((AttemptOutcome.Abandoned, StepAnswer.Didnt), (attempt.Outcome, attempt.Steps[0].Answer));
        Assert.Equal(HttpStatusCode.OK, await reading.PressAsync("Answer", ("answer", "Worked")));
        Assert.Equal("A person takes over", reading.Heading);
    }

    [Fact]
    public async Task The_worker_hands_over_by_itself_what_nobody_opened()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        portal.Clock.PutForward(TimeSpan.FromMinutes(16));
        await GuideWorld.EventuallyAsync(async () => (await portal.ReadAsync(ticket)).HandedOffAt is not null);
        var handedOff = Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.HandedOff);
        Assert.Equal("“Descale the kettle” was offered and not opened for 15 open minutes.", handedOff.Detail["reason"]);
    }

    [Fact]
    public async Task Closed_hours_do_not_count_as_silence()
    {
        await AtAsync(17, 25);
        var (ticket, _) = await portal.AskAsync(Acorn);
        portal.Clock.PutForward(TimeSpan.FromHours(2));
        await portal.ListenAsync(Assert.Single(await portal.AttemptsAsync(ticket)));
        Assert.Null((await portal.ReadAsync(ticket)).HandedOffAt);
        await AtAsync(9, 20);
        await portal.ListenAsync(Assert.Single(await portal.AttemptsAsync(ticket)));
        Assert.NotNull((await portal.ReadAsync(ticket)).HandedOffAt);
    }

    [Fact]
    public async Task A_request_that_comes_back_makes_its_guide_one_that_had_only_seemed_to_work()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var reading = new GuideReading(await portal.AsAsync(Acorn.Employee), Acorn, ticket);
        await reading.LookAsync();
        await reading.CloseAsync("Yes");
        portal.Clock.PutForward(TimeSpan.FromMinutes(5));
        Assert.Null(await portal.ChangeAsync(ticket, (t, now) => t.Reopen("Chalk again", Desk.Eve(Acorn), now)));
        await GuideWorld.EventuallyAsync(async () => (await portal.AttemptsAsync(ticket))[0].Outcome == AttemptOutcome.Reopened);
    }

    // puts the clock forward to the next working day's hour in London, clear of its changes of summer time
    private Task AtAsync(int hour, int minute = 0)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        var now = TimeZoneInfo.ConvertTime(portal.Clock.GetUtcNow(), zone);
        var then = now.Date.AddHours(hour).AddMinutes(minute);
        while (then <= now.DateTime || then.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) then = then.AddDays(1);
        portal.Clock.PutForward(new DateTimeOffset(then, zone.GetUtcOffset(then)) - now);
        return Task.CompletedTask;
    }
}
