using TenantPortal.Domain.Sla;
using Xunit;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class SecondsTests
{
    private static readonly (string Zone, DateTimeOffset Change)[] Places =
    [
        ("Europe/London", new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero)), ("Europe/London", new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero)),
        ("America/New_York", new(2027, 3, 14, 7, 0, 0, TimeSpan.Zero)), ("America/St_Johns", new(2026, 11, 1, 4, 30, 0, TimeSpan.Zero)),
        ("Australia/Lord_Howe", new(2026, 4, 4, 15, 0, 0, TimeSpan.Zero)), ("Australia/Lord_Howe", new(2026, 10, 3, 15, 30, 0, TimeSpan.Zero)),
        ("Asia/Kathmandu", new(2026, 12, 31, 20, 0, 0, TimeSpan.Zero)), ("Europe/Brussels", new(2028, 2, 29, 0, 0, 0, TimeSpan.Zero)),
    ];

    [Fact]
    public void Two_thousand_clocks_of_any_second_agree_with_interval_arithmetic()
    {
        var late = 0;
        for (var seed = 0; seed < 2_000; seed++) late += Compare(seed) ? 1 : 0;
        Assert.InRange(late, 200, 1_800);
    }

    private static bool Compare(int seed)
    {
        var random = new Random(seed);
        var (zone, change) = Places[seed % Places.Length];
        var start = change.AddTicks(-random.NextInt64(3 * TimeSpan.TicksPerDay));
        var asOf = start.AddTicks(random.NextInt64(4 * TimeSpan.TicksPerDay));
        var week = new IntervalArithmetic.Week(zone, Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => Shifts(random)), random.Next(3) == 0 ? [DateOnly.FromDateTime(change.UtcDateTime).AddDays(random.Next(3) - 1)] : []);
        var calendar = new BusinessCalendar(zone, new(week.Shifts.ToDictionary(d => d.Key, IReadOnlyList<OpenSpan> (d) => [.. d.Value.Select(s => new OpenSpan(TimeOnly.FromTimeSpan(s.From), TimeOnly.MinValue.Add(s.To)))])), week.Holidays);
        var allowance = TimeSpan.FromTicks(1 + random.NextInt64(TimeSpan.TicksPerDay));
        var (pauses, events) = Pauses(random, start, asOf);

        var running = IntervalArithmetic.Without(IntervalArithmetic.Open(week, start, start.AddDays(20)), pauses);
        var reading = SlaClock.Read(new(TargetKind.Resolution, ClockKind.FirstHumanReply, allowance, calendar), [new ClockEvent.Started(start), .. events], asOf);

        var counted = IntervalArithmetic.Length(IntervalArithmetic.Without(running, [(asOf.UtcTicks, long.MaxValue)]));
        Assert.True(counted == reading.ElapsedOpen.Ticks, $"seed {seed}: {TimeSpan.FromTicks(counted)} and {reading.ElapsedOpen}");
        var due = IntervalArithmetic.Reach(running, allowance.Ticks);
        // an allowance that is not used up within the twenty days drawn here
        if (due is not null || reading.DueAt < start.AddDays(20)) Assert.True(due == reading.DueAt?.UtcTicks, $"seed {seed}: due {due} and {reading.DueAt?.UtcTicks}");
        Assert.Equal((asOf - start).Ticks, reading.Ledger.Sum(stretch => (stretch.To - stretch.From).Ticks));
        Assert.Equal(due < asOf.UtcTicks, reading.State == ClockState.Breached);
        return due < asOf.UtcTicks;
    }

    private static (TimeSpan From, TimeSpan To)[] Shifts(Random random)
    {
        var cuts = Enumerable.Range(0, 2 * random.Next(3)).Select(_ => TimeSpan.FromSeconds(random.Next(86_400))).Distinct().Order().ToArray();
        return [.. cuts.Chunk(2).Where(pair => pair.Length == 2).Select((pair, index) => (pair[0], index == 1 && random.Next(3) == 0 ? TimeSpan.FromDays(1) : pair[1]))];
    }

    // the last one may go on past the reading
    private static (List<(long, long)>, List<ClockEvent>) Pauses(Random random, DateTimeOffset start, DateTimeOffset asOf)
    {
        var cuts = Enumerable.Range(0, random.Next(8)).Select(_ => start.AddTicks(random.NextInt64((asOf - start).Ticks + 1))).Distinct().Order().ToList();
        var pauses = cuts.Chunk(2).Select(pair => (pair[0].UtcTicks, pair.Length == 2 ? pair[1].UtcTicks : long.MaxValue)).ToList();
        return (pauses, [.. cuts.Select((at, index) => index % 2 == 0 ? (ClockEvent)new ClockEvent.Paused(at, PauseReason.WaitingForVendor, "Priya") : new ClockEvent.Resumed(at))]);
    }
}
