using System.Globalization;
using System.Text.RegularExpressions;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>When something of a content file happened: so long ago, or on a date, perhaps at a local time of that day.</summary>
public sealed record ContentMoment(TimeSpan? Ago, DateOnly? On, TimeOnly? At)
{
    /// <summary>The instant, never after <paramref name="now"/>: a time of today that is still to come counts from the day before.</summary>
    public DateTimeOffset Resolve(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (On is null && At is null) return now - Ago!.Value;
        var day = On ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now - Ago!.Value, zone).DateTime);
        var local = day.ToDateTime(At ?? new TimeOnly(9, 0));
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        var instant = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return instant <= now ? instant : instant.AddDays(-1);
    }
}

/// <summary>Times as content files write them: 45m, 3h 20m, 12d, 2026-11-02, 09:14.</summary>
public static partial class ContentTime
{
    public static TimeSpan? Span(string text)
    {
        var match = SpanPattern().Match(text);
        if (!match.Success || text.Length == 0) return null;
        var (days, hours, minutes) = (Part(match, "days"), Part(match, "hours"), Part(match, "minutes"));
        return new TimeSpan(days, hours, minutes, 0);
    }

    public static DateOnly? Date(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static TimeOnly? Clock(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Reads ago, on and at of a record; null when they make no moment, with the reason in a sentence.</summary>
    public static ContentMoment? Moment(string? ago, string? on, string? at, out string? problem)
    {
        problem = (ago is null) == (on is null) ? "Say when: either ago (such as 12d or 3h 20m) or on (such as 2026-11-02)."
            : ago is not null && Span(ago) is null ? $"“ago” must be a time such as 12d, 3h 20m or 45m; “{ago}” is not."
            : on is not null && Date(on) is null ? $"“on” must be a date such as 2026-11-02; “{on}” is not."
            : at is not null && Clock(at) is null ? $"“at” must be a time of day such as \"09:14\"; “{at}” is not."
            : null;
        return problem is null ? new(ago is null ? null : Span(ago), on is null ? null : Date(on), at is null ? null : Clock(at)) : null;
    }

    private static int Part(Match match, string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A((?<days>\d{1,4})d ?)?((?<hours>\d{1,4})h ?)?((?<minutes>\d{1,5})m)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpanPattern();
}
