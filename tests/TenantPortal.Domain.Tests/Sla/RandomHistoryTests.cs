using FsCheck;
using FsCheck.Fluent;
using TenantPortal.Domain.Sla;
using Xunit;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class RandomHistoryTests
{
    private static readonly MinuteWorld[] Worlds = [.. Enumerable.Range(0, 60).Select(seed => new MinuteWorld(seed))];

    private sealed record History(int World, int AsOf, IReadOnlyList<(int Minute, ClockEvent Event)> Events)
    {
        public override string ToString() => $"world {World} as of {Worlds[World].At(AsOf):u}\n{string.Join('\n', Events.Select(step => step.Event))}";
    }

    [Fact]
    public void Ten_thousand_random_histories_read_as_a_walk_minute_by_minute_does()
    {
        var histories = Arb.From(Histories(), Shorter);
        var seen = new HashSet<ClockState>();

        Prop.ForAll(histories, history => seen.Add(Compare(history)) || true)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithQuietOnSuccess(true));

        Assert.Equal(Enum.GetValues<ClockState>(), seen.Order());
    }

    private static ClockState Compare(History history)
    {
        var world = Worlds[history.World];
        var expected = new MinuteOracle(world).Read(history.Events, history.AsOf);

        var reading = SlaClock.Read(world.Targets[0], [.. history.Events.Select(step => step.Event)], world.At(history.AsOf));

        Assert.Equal(expected.State, reading.State);
        Assert.Equal(TimeSpan.FromMinutes(expected.Elapsed), reading.ElapsedOpen);
        Assert.Equal(expected.Ledger, reading.Ledger);
        var isBeyond = reading.DueAt > world.At(world.Minutes) && reading.State is not ClockState.Paused;
        Assert.Equal(expected.DueAt is { } minute ? world.At(minute) : null, isBeyond ? null : reading.DueAt);
        return reading.State;
    }

    private static Gen<History> Histories() =>
        from world in Gen.Choose(0, Worlds.Length - 1)
        let last = Worlds[world].Minutes - 1
        from asOf in Gen.Choose(0, last)
        from started in Gen.Choose(0, 1000)
        from count in Gen.Choose(0, 12)
        from steps in Step(Worlds[world], last).ArrayOf(count)
        let start = (Minute: started, Event: (ClockEvent)new ClockEvent.Started(Worlds[world].At(started)))
        select new History(world, asOf, [.. steps.Append(start).OrderBy(step => step.Minute)]);

    private static Gen<(int Minute, ClockEvent Event)> Step(MinuteWorld world, int last) =>
        from minute in Gen.Choose(0, last)
        from what in Gen.Choose(0, 15)
        from which in Gen.Choose(0, 3)
        select (minute, Event(what, which, world, world.At(minute)));

    private static ClockEvent Event(int what, int which, MinuteWorld world, DateTimeOffset at) => what switch
    {
        < 5 => new ClockEvent.Paused(at, (PauseReason)which, which == 0 ? "Priya" : null),
        < 9 => new ClockEvent.Resumed(at),
        < 10 => new ClockEvent.TargetChanged(at, world.Targets[which]),
        < 12 => new ClockEvent.PriorityChanged(at, [.. world.Targets.Skip(which + 1)]),
        < 13 => new ClockEvent.Met(at),
        < 14 => new ClockEvent.Stopped(at),
        < 15 => new ClockEvent.Reopened(at),
        _ => new ClockEvent.Started(at),
    };

    private static IEnumerable<History> Shorter(History history) =>
        history.Events.Select(step => history with { Events = [.. history.Events.Where(other => other != step)] });
}
