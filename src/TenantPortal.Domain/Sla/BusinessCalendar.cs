using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace TenantPortal.Domain.Sla;

/// <summary>When a team works: weekly hours by the wall clock of an IANA time zone, less holidays. Answers are instants in UTC.</summary>
public sealed class BusinessCalendar
{
    /// <summary>How long a calendar may stay closed before it counts as never opening again.</summary>
    public static readonly TimeSpan LongestClosure = TimeSpan.FromDays(731);

    /// <summary>Days without an open minute from which on a calendar is refused.</summary>
    private const int LongestRest = 365;

    // A bound for allowances that no contract holds; it only ends the search.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(20 * 366);

    private readonly DateTimeZone _zone;
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly ConcurrentDictionary<int, OpenYear> _years = new();

    public BusinessCalendar(string timeZone, WeeklyHours weekly, IEnumerable<DateOnly> holidays)
    {
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone)
            ?? throw new ArgumentException($"“{timeZone}” is not an IANA time zone.", nameof(timeZone));
        Weekly = weekly;
        _holidays = holidays.ToFrozenSet();
    }

    /// <summary>Open every minute of every day.</summary>
    public static BusinessCalendar Always { get; } = new("Etc/UTC", WeeklyHours.AllWeek, []);

    public string TimeZone => _zone.Id;

    public WeeklyHours Weekly { get; }

    public IReadOnlySet<DateOnly> Holidays => _holidays;

    /// <summary>Reads a calendar as content files write it, or says in one sentence what is wrong with it.</summary>
    public static bool TryParse(
        string timeZone,
        IReadOnlyDictionary<string, IReadOnlyList<string>> weekly,
        IEnumerable<DateOnly> holidays,
        [NotNullWhen(true)] out BusinessCalendar? calendar,
        [NotNullWhen(false)] out string? problem)
    {
        calendar = null;
        problem = $"“{timeZone}” is not a time zone; write one such as Europe/London.";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is null) return false;
        if (!WeeklyHours.TryParse(weekly, out var hours, out problem)) return false;

        var closed = holidays.ToHashSet();
        problem = Closure(hours, closed);
        if (problem is not null) return false;

        calendar = new BusinessCalendar(timeZone, hours, closed);
        return true;
    }

    // no promise could fall due in such a year, and nobody would notice until then
    private static string? Closure(WeeklyHours hours, HashSet<DateOnly> closed)
    {
        if (Enum.GetValues<DayOfWeek>().All(day => hours.On(day).Count == 0)) return "This calendar has no open minute in any week; write hours for at least one day.";
        if (closed.Count == 0) return null;

        var rest = 0;
        var last = Math.Min(DateOnly.MaxValue.DayNumber, closed.Max().DayNumber + 7);
        for (var day = Math.Max(0, closed.Min().DayNumber - 7); day <= last; day++)
        {
            var date = DateOnly.FromDayNumber(day);
            rest = closed.Contains(date) || hours.On(date.DayOfWeek).Count == 0 ? rest + 1 : 0;
            if (rest >= LongestRest) return $"This calendar has no open minute in the year up to {date:yyyy-MM-dd}; take some of its holidays out, or write hours for another day.";
        }
        return null;
    }

    public bool IsOpen(DateTimeOffset at)
    {
        var year = Year(at.UtcDateTime.Year);
        var index = year.IndexAfter(at.UtcTicks);
        return index < year.Count && year[index].Opens <= at.UtcTicks;
    }

    /// <summary>The instant itself when open, else the next opening; null when the calendar stays closed for two years.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset at)
    {
        foreach (var (from, _) in OpenHours(at, Later(at, LongestClosure))) return from;
        return null;
    }

    /// <summary>Open time from <paramref name="from"/> up to <paramref name="to"/>; zero when <paramref name="to"/> is not later.</summary>
    public TimeSpan OpenTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var open = TimeSpan.Zero;
        foreach (var (opens, closes) in OpenHours(from, to)) open += closes - opens;
        return open;
    }

    /// <summary>The first instant by which <paramref name="openTime"/> has passed in open hours; null when the calendar closes for two years before that.</summary>
    public DateTimeOffset? Add(DateTimeOffset from, TimeSpan openTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(openTime, TimeSpan.Zero);
        if (openTime == TimeSpan.Zero) return from.ToUniversalTime();

        var reached = from;
        foreach (var (opens, closes) in OpenHours(from, Later(from, Horizon)))
        {
            if (opens - reached > LongestClosure) return null;
            if (openTime <= closes - opens) return opens + openTime;
            openTime -= closes - opens;
            reached = closes;
        }
        return null;
    }

    /// <summary>The open stretches between two instants, in order, cut to them; one that runs over New Year in UTC comes in two parts.</summary>
    internal IEnumerable<(DateTimeOffset From, DateTimeOffset To)> OpenHours(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) yield break;

        var (start, end) = (from.UtcTicks, to.UtcTicks);
        for (var number = from.UtcDateTime.Year; number <= to.UtcDateTime.Year; number++)
        {
            var year = Year(number);
            for (var index = year.IndexAfter(start); index < year.Count && year[index].Opens < end; index++)
            {
                var (opens, closes) = year[index];
                yield return (Utc(Math.Max(opens, start)), Utc(Math.Min(closes, end)));
            }
        }
    }

    private OpenYear Year(int number) =>
        _years.GetOrAdd(number, static (year, calendar) => new OpenYear(year, calendar._zone, calendar.Weekly, calendar._holidays), this);

    private static DateTimeOffset Later(DateTimeOffset at, TimeSpan time) =>
        at < DateTimeOffset.MaxValue - time ? at + time : DateTimeOffset.MaxValue;

    private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);
}
