using System.Collections.Frozen;
using NodaTime;

namespace TenantPortal.Domain.Sla;

/// <summary>The open hours of one UTC year as instants in UTC ticks, in order, touching ones joined.</summary>
internal sealed class OpenYear
{
    private readonly List<long> _opens = [];
    private readonly List<long> _closes = [];

    /// <summary>An instant is open when the wall clock there shows an open time: an hour that exists twice counts twice, one that is skipped never.</summary>
    public OpenYear(int year, DateTimeZone zone, WeeklyHours weekly, FrozenSet<DateOnly> holidays)
    {
        var (from, until) = Bounds(year);
        foreach (var stretch in zone.GetZoneIntervals(new Interval(ToInstant(from), ToInstant(until))))
        {
            AddHours(
                stretch.HasStart ? Math.Max(from, ToTicks(stretch.Start)) : from,
                stretch.HasEnd ? Math.Min(until, ToTicks(stretch.End)) : until,
                stretch.WallOffset.Ticks, weekly, holidays);
        }
    }

    public int Count => _opens.Count;

    public (long Opens, long Closes) this[int index] => (_opens[index], _closes[index]);

    /// <summary>The first stretch that closes after the instant, or <see cref="Count"/>.</summary>
    public int IndexAfter(long at)
    {
        var found = _closes.BinarySearch(at);
        return found < 0 ? ~found : found + 1;
    }

    private static (long From, long Until) Bounds(int year) =>
        (new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks,
         year == DateTime.MaxValue.Year ? DateTime.MaxValue.Ticks : new DateTime(year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks);

    private void AddHours(long from, long until, long offset, WeeklyHours weekly, FrozenSet<DateOnly> holidays)
    {
        var lastDay = Math.Min((until - 1 + offset) / TimeSpan.TicksPerDay, DateOnly.MaxValue.DayNumber);
        for (var day = Math.Max(0, (from + offset) / TimeSpan.TicksPerDay); day <= lastDay; day++)
        {
            var date = DateOnly.FromDayNumber((int)day);
            if (holidays.Contains(date)) continue;

            var midnight = day * TimeSpan.TicksPerDay - offset;
            foreach (var span in weekly.On(date.DayOfWeek))
            {
                Add(Math.Max(from, midnight + span.OpensTicks), Math.Min(until, midnight + span.ClosesTicks));
            }
        }
    }

    private void Add(long opens, long closes)
    {
        if (opens >= closes) return;
        if (_closes.Count > 0 && _closes[^1] == opens)
        {
            _closes[^1] = closes;
            return;
        }
        _opens.Add(opens);
        _closes.Add(closes);
    }

    private static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(ticks - DateTime.UnixEpoch.Ticks);

    private static long ToTicks(Instant instant) => instant.ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks;
}
