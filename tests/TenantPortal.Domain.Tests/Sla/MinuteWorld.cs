using NodaTime;
using TenantPortal.Domain.Sla;

namespace TenantPortal.Domain.Tests.Sla;

/// <summary>A few days at one place, often around a clock change, with calendars whose open minutes were looked up one by one on the wall clock.</summary>
internal sealed class MinuteWorld
{
    private static readonly string[] Zones =
    [
        "Europe/London", "Europe/Brussels", "America/New_York", "America/St_Johns", "America/Santiago",
        "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Casablanca",
    ];

    private readonly Dictionary<BusinessCalendar, bool[]> _open = [];
    private readonly DateTimeOffset _start;

    public MinuteWorld(int seed)
    {
        var random = new Random(seed);
        var zone = DateTimeZoneProviders.Tzdb[Zones[seed % Zones.Length]];
        _start = StartNearAChange(zone, random);
        Targets = [.. Enumerable.Range(0, 6).Select(index => Target(index, zone, random))];
    }

    public int Minutes { get; } = 4 * 24 * 60;

    public IReadOnlyList<SlaTarget> Targets { get; }

    public DateTimeOffset At(int minute) => _start.AddMinutes(minute);

    public bool[] Open(BusinessCalendar calendar) => _open[calendar];

    private static DateTimeOffset StartNearAChange(DateTimeZone zone, Random random)
    {
        var year = 2024 + random.Next(5);
        DateTimeOffset[] changes =
        [
            new(year, 12, 31, 12, 0, 0, TimeSpan.Zero),
            .. zone.GetZoneIntervals(new Interval(Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0)))
                .Where(stretch => stretch.HasStart && stretch.Start.InUtc().Year == year).Select(stretch => stretch.Start.ToDateTimeOffset()),
        ];
        return changes[random.Next(changes.Length)].AddMinutes(-random.Next(3 * 24 * 60));
    }

    private SlaTarget Target(int index, DateTimeZone zone, Random random)
    {
        var kind = random.Next(3) == 0 ? TargetKind.Resolution : TargetKind.Response;
        var clock = random.Next(3) == 0 ? ClockKind.Acknowledgement : ClockKind.FirstHumanReply;
        return new SlaTarget(kind, clock, TimeSpan.FromMinutes(1 + random.Next(index % 2 == 0 ? 120 : 1500)), Calendar(zone, random));
    }

    private BusinessCalendar Calendar(DateTimeZone zone, Random random)
    {
        if (random.Next(8) == 0)
        {
            _open[BusinessCalendar.Always] = [.. Enumerable.Repeat(true, Minutes)];
            return BusinessCalendar.Always;
        }
        var week = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => Shifts(random));
        DateOnly[] holidays = random.Next(3) == 0 ? [DateOnly.FromDateTime(_start.UtcDateTime).AddDays(random.Next(5))] : [];
        var calendar = new BusinessCalendar(
            zone.Id, new WeeklyHours(week.ToDictionary(day => day.Key, IReadOnlyList<OpenSpan> (day) => [.. day.Value.Select(Span)])), holidays);
        _open[calendar] = [.. Enumerable.Range(0, Minutes).Select(minute => IsOpen(Instant.FromDateTimeOffset(At(minute)).InZone(zone), week, holidays))];
        return calendar;
    }

    private static List<(int From, int To)> Shifts(Random random)
    {
        var shifts = new List<(int From, int To)>();
        var from = random.Next(3) == 0 ? 0 : random.Next(600);
        for (var left = random.Next(4); left > 0 && from < 1440; left--)
        {
            var to = random.Next(4) == 0 ? 1440 : Math.Min(1440, from + 1 + random.Next(400));
            shifts.Add((from, to));
            from = to + random.Next(3) * random.Next(120);
        }
        return shifts;
    }

    private static OpenSpan Span((int From, int To) shift) =>
        new(TimeOnly.MinValue.AddMinutes(shift.From), TimeOnly.MinValue.AddMinutes(shift.To));

    private static bool IsOpen(ZonedDateTime wall, Dictionary<DayOfWeek, List<(int From, int To)>> week, DateOnly[] holidays)
    {
        var minute = wall.Hour * 60 + wall.Minute;
        return !holidays.Contains(wall.Date.ToDateOnly())
            && week[wall.Date.ToDateOnly().DayOfWeek].Any(shift => shift.From <= minute && minute < shift.To);
    }
}
