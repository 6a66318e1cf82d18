using System.Globalization;
using TenantPortal.Domain.Sla;

namespace TenantPortal.Domain.Tests.Sla;

/// <summary>Calendars and instants as the tests write them.</summary>
internal static class Hours
{
    private static readonly string[] Workdays = ["mon", "tue", "wed", "thu", "fri"];
    private static readonly string[] AllDays = [.. Workdays, "sat", "sun"];

    /// <summary>An instant with its offset, as "2026-03-29 09:00 +01:00".</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    public static BusinessCalendar Weekdays(string zone, params string[] spans) => Calendar(zone, Workdays, spans, []);

    public static BusinessCalendar Daily(string zone, params string[] spans) => Calendar(zone, AllDays, spans, []);

    public static BusinessCalendar WeekdaysExcept(string zone, DateOnly[] holidays, params string[] spans) =>
        Calendar(zone, Workdays, spans, holidays);

    private static BusinessCalendar Calendar(string zone, string[] days, string[] spans, DateOnly[] holidays)
    {
        var weekly = days.ToDictionary(day => day, IReadOnlyList<string> (_) => spans);
        return WeeklyHours.TryParse(weekly, out var hours, out var problem)
            ? new BusinessCalendar(zone, hours, holidays)
            : throw new InvalidOperationException(problem);
    }
}
