using System.Globalization;
using System.Text.RegularExpressions;

namespace TenantPortal.Domain.Escalation;

/// <summary>Finds a time that a message promises: "by 14:00", "before 2pm", "at 9.30 am tomorrow", on the wall clock of its reader.</summary>
public static partial class PromisedTime
{
    /// <summary>The first promised instant after the message was written, within two days; null when it promises none.</summary>
    public static DateTimeOffset? In(string text, TimeZoneInfo zone, DateTimeOffset writtenAt)
    {
        foreach (Match match in Time().Matches(text))
        {
            if (Read(match) is not { } time) continue;
            var wall = TimeZoneInfo.ConvertTime(writtenAt, zone).Date + time.ToTimeSpan();
            if (match.Groups["tomorrow"].Success) wall = wall.AddDays(1);
            var at = new DateTimeOffset(wall, zone.GetUtcOffset(wall));
            // "by 9:00", written in the evening, is tomorrow's
            if (at <= writtenAt) at = new(wall.AddDays(1), zone.GetUtcOffset(wall.AddDays(1)));
            return at.ToUniversalTime();
        }
        return null;
    }

    private static TimeOnly? Read(Match match)
    {
        var (hour, minute) = (int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture), match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0);
        var half = match.Groups["half"].Value.ToUpperInvariant();
        if (half.Length == 0 && !match.Groups["m"].Success) return null;
        if (half.Length > 0 && hour is < 1 or > 12) return null;
        if (half.StartsWith('P') && hour < 12) hour += 12;
        if (half.StartsWith('A') && hour == 12) hour = 0;
        return hour < 24 && minute < 60 ? new(hour, minute) : null;
    }

    [GeneratedRegex(@"\b(by|before|until|at)\s+(?<h>\d{1,2})([:.](?<m>\d{2}))?\s*(?<half>[ap]\.?m\b\.?)?(\s*(?<tomorrow>tomorrow))?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Time();
}
