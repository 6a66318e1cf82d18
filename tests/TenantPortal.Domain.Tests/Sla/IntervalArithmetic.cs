using TenantPortal.Domain.Sla;

namespace TenantPortal.Domain.Tests.Sla;

/// <summary>Open hours, pauses and clocks as sets of intervals in ticks, worked out with the platform's own time zones: unions, differences and lengths, nothing else.</summary>
internal static class IntervalArithmetic
{
    public sealed record Week(string Zone, IReadOnlyDictionary<DayOfWeek, (TimeSpan From, TimeSpan To)[]> Shifts, IReadOnlyList<DateOnly> Holidays);

    public static List<(long From, long To)> Open(Week week, DateTimeOffset from, DateTimeOffset to)
    {
        var open = new List<(long, long)>();
        foreach (var (start, end, offset) in SameOffset(TimeZoneInfo.FindSystemTimeZoneById(week.Zone), from, to))
        {
            for (var day = DateOnly.FromDateTime(start.UtcDateTime + offset); day <= DateOnly.FromDateTime(end.UtcDateTime + offset); day = day.AddDays(1))
            {
                if (week.Holidays.Contains(day)) continue;
                var midnight = day.ToDateTime(TimeOnly.MinValue).Ticks - offset.Ticks;
                foreach (var (opens, closes) in week.Shifts[day.DayOfWeek])
                {
                    var (a, b) = (Math.Max(start.UtcTicks, midnight + opens.Ticks), Math.Min(end.UtcTicks, midnight + closes.Ticks));
                    if (a < b) open.Add((a, b));
                }
            }
        }
        return Joined(open);
    }

    public static List<(long From, long To)> Without(List<(long From, long To)> set, IEnumerable<(long From, long To)> holes)
    {
        foreach (var (from, to) in holes)
            set = [.. set.SelectMany(i => new[] { (i.From, To: Math.Min(i.To, from)), (From: Math.Max(i.From, to), i.To) }).Where(i => i.Item1 < i.Item2)];
        return Joined(set);
    }

    public static long Length(IEnumerable<(long From, long To)> set) => set.Sum(i => i.To - i.From);

    /// <summary>Where the set has reached a length; null when it never does.</summary>
    public static long? Reach(IEnumerable<(long From, long To)> set, long length)
    {
        foreach (var (from, to) in set)
        {
            if (length <= to - from) return from + length;
            length -= to - from;
        }
        return null;
    }

    private static List<(long From, long To)> Joined(List<(long From, long To)> set)
    {
        var joined = new List<(long From, long To)>();
        foreach (var next in set.Order())
        {
            if (joined is [.., var last] && last.To >= next.From) joined[^1] = (last.From, Math.Max(last.To, next.To));
            else joined.Add(next);
        }
        return joined;
    }

    // clocks change on whole minutes; halving the quarter hour in which one did finds it
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To, TimeSpan Offset)> SameOffset(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var since = from;
        for (var at = from; at < to;)
        {
            var next = at.AddMinutes(15) < to ? at.AddMinutes(15) : to;
            if (zone.GetUtcOffset(next) != zone.GetUtcOffset(at))
            {
                var (low, high) = (at, next);
                while (high - low > TimeSpan.FromTicks(1))
                {
                    var middle = low + (high - low) / 2;
                    if (zone.GetUtcOffset(middle) == zone.GetUtcOffset(at)) low = middle;
                    else high = middle;
                }
                yield return (since, high, zone.GetUtcOffset(at));
                since = high;
            }
            at = next;
        }
        if (since < to) yield return (since, to, zone.GetUtcOffset(since));
    }
}
