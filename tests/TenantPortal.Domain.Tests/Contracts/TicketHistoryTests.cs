using FsCheck;
using FsCheck.Fluent;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tests.Sla;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Contracts;

/// <summary>Tickets that go through their own verbs at random, around clock changes, holidays and split shifts; their clocks are read beside a tape of every minute.</summary>
public sealed class TicketHistoryTests
{
    private static readonly MinuteWorld[] Worlds = [.. Enumerable.Range(0, 60).Select(seed => new MinuteWorld(seed))];
    private static readonly Actor Priya = new(ActorKind.Staff, Guid.NewGuid(), "Priya"), Dana = new(ActorKind.Contact, Guid.NewGuid(), "Dana");

    private sealed record Step(int Minute, int What, int Which);

    private sealed record History(int World, int AsOf, ClockKind Clock, int Allowance, IReadOnlyList<Step> Steps)
    {
        public override string ToString() => $"world {World} at {Worlds[World].At(0):u}, {Clock}, {Allowance} min, as of {AsOf}\n{string.Join('\n', Ticket(this).Events.Select(e => $"{e.At:u} {e.Kind} by {e.ActorName}"))}";
    }

    [Fact]
    public void Ten_thousand_random_tickets_are_labelled_as_a_person_with_a_watch_would()
    {
        var seen = new HashSet<(TargetKind, StretchKind, PauseReason?, bool)>();
        Prop.ForAll(Arb.From(Histories(), Shorter), history => { Compare(history, seen); return true; })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithQuietOnSuccess(true));

        Assert.All(Enum.GetValues<PauseReason>(), reason => Assert.Contains((TargetKind.Resolution, StretchKind.Paused, reason, true), seen));
        Assert.All(Enum.GetValues<TargetKind>(), kind => Assert.Contains((kind, StretchKind.Running, (PauseReason?)null, true), seen));
        Assert.DoesNotContain(seen, label => label is (TargetKind.NextResponse, StretchKind.Paused, _, _));
    }

    private static void Compare(History history, HashSet<(TargetKind, StretchKind, PauseReason?, bool)> seen)
    {
        var world = Worlds[history.World];
        var ticket = Ticket(history);
        var (terms, open) = Terms(history);
        var asOf = world.At(history.AsOf);
        var happened = ticket.Events.Where(e => e.At <= asOf).Select(e => (Minute: (int)(e.At - world.At(0)).TotalMinutes, Event: e)).ToList();
        foreach (var promised in terms.For(ticket.Priority, null, ticket.Queue).Targets)
        {
            var tape = TicketTape.Of(promised.Kind, promised.Clock, promised.Minutes, open, happened, history.AsOf);
            var rounds = TicketClocks.Read(ticket.OpenedAt, promised, ticket.Events.Where(e => e.At <= asOf).ToList(), terms, asOf);
            Assert.Equal(tape.Select(r => world.At(r.StartedAt)), rounds.Select(r => r.StartedAt!.Value));
            foreach (var (written, reading) in tape.Zip(rounds)) Same(world, written, reading, promised.Kind, seen);
        }
    }

    private static void Same(MinuteWorld world, TicketTape.Round written, ClockReading reading, TargetKind kind, HashSet<(TargetKind, StretchKind, PauseReason?, bool)> seen)
    {
        var explained = ClockExplanation.Of(reading);
        Assert.Equal(written.EndedAt is { } ended ? world.At(ended) : null, reading.EndedAt);
        Assert.Equal(TimeSpan.FromMinutes(written.Counted), reading.ElapsedOpen);
        Assert.Equal(reading.ElapsedOpen, explained.Counted);
        var minutes = explained.Spans.SelectMany(span => Enumerable.Repeat(new TicketTape.Minute(span.Kind, span.Reason, span.By, span.IsLate), (int)span.Length.TotalMinutes)).ToList();
        // after a stop nobody is late any more: the promise was withdrawn before it fell due
        if (reading.State == ClockState.NotRunning) minutes = [.. minutes.Zip(written.Minutes, (m, w) => m with { IsLate = w.IsLate })];
        Assert.Equal(written.Minutes, minutes);
        if (written.Counted > reading.Target.Allowance.TotalMinutes) Assert.True(reading.State is ClockState.Breached or ClockState.MetLate, $"{reading.State}");
        foreach (var minute in minutes) seen.Add((kind, minute.Kind, minute.Reason, minute.IsLate));
    }

    private static Ticket Ticket(History history)
    {
        var world = Worlds[history.World];
        var report = new Report { Subject = "Printer", Text = "Printer", Channel = Channel.Portal, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = "Printer", Sensitivity = Sensitivity.None };
        var ticket = Domain.Tickets.Ticket.Open(new TenantId(Guid.NewGuid()), new ContactId(Guid.NewGuid()), report, null, null, Guid.NewGuid(), Dana, world.At(0));
        foreach (var step in history.Steps.OrderBy(s => s.Minute)) Do(ticket, step, world.At(step.Minute));
        return ticket;
    }

    // a verb that does not fit is refused, and leaves no event behind
    private static void Do(Ticket ticket, Step step, DateTimeOffset now)
    {
        Refusal? _ = step.What switch
        {
            0 => ticket.HandOff("asked", Dana, now),
            1 => ticket.Take(new StaffId(Priya.Id!.Value), Priya, now),
            < 5 => ticket.StaffReplies("We look at it.", step.Which == 0, Channel.Portal, Priya, now),
            < 8 => ticket.ContactReplies("Any news?", Channel.Portal, Dana, now, out var _),
            < 12 => ticket.Hold((HoldReason)step.Which, "the supplier", now.AddDays(3), Priya, now),
            < 14 => ticket.Resume(Priya, now),
            14 => ticket.Resolve(new("Done", null, null, null, null), null, step.Which == 0 ? Dana : Priya, now),
            15 => ticket.Reopen(null, step.Which < 2 ? Dana : Priya, now),
            16 => Offered(ticket, now),
            _ => null,
        };
    }

    private static Refusal? Offered(Ticket ticket, DateTimeOffset now)
    {
        ticket.Record(TicketEventKind.GuideOffered, Actor.Machine("guide offer"), now);
        return null;
    }

    private static (ServiceTerms Terms, bool[] Open) Terms(History history)
    {
        var calendar = Worlds[history.World].Targets[0].Calendar;
        var weekly = Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString()[..3].ToLowerInvariant(), IReadOnlyList<string> (day) => [.. calendar.Weekly.On(day).Select(span => span.ToString())]);
        var contract = new Contract
        {
            TenantId = new(Guid.NewGuid()), Name = "Gold", Tier = "Gold", StartsOn = new(2020, 1, 1), Hours = new(calendar.TimeZone, weekly, [.. calendar.Holidays]),
            Targets = [new(Priority.P3, history.Allowance, history.Allowance * 2, CalendarChoice.Client, history.Allowance, history.Clock)],
        };
        return (new(contract, [], "Etc/UTC", []), Worlds[history.World].Open(calendar));
    }

    private static Gen<History> Histories() =>
        from world in Gen.Choose(0, Worlds.Length - 1)
        from clock in Gen.Choose(0, 3)
        from allowance in Gen.Choose(1, 300)
        let last = Worlds[world].Minutes - 1
        from asOf in Gen.Choose(1, last)
        from count in Gen.Choose(0, 14)
        from steps in Gen.Choose(0, last).SelectMany(minute => Gen.Choose(0, 17).SelectMany(what => Gen.Choose(0, 3).Select(which => new Step(minute, what, which)))).ArrayOf(count)
        select new History(world, asOf, (ClockKind)clock, allowance, steps);

    private static IEnumerable<History> Shorter(History history) =>
        history.Steps.Select(step => history with { Steps = [.. history.Steps.Where(other => other != step)] });
}
