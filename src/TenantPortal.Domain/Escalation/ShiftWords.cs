using System.Globalization;

namespace TenantPortal.Domain.Escalation;

/// <summary>A shift in words: "Mon to Fri 08:00–18:00", "Sat, Sun all day".</summary>
public static class ShiftWords
{
    private static readonly DayOfWeek[] Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public static string Of(Shift shift) =>
        $"{Days(shift.Days)} {(shift.From == shift.Until ? "all day" : $"{Time(shift.From)}–{Time(shift.Until)}")}";

    private static string Days(IReadOnlyList<DayOfWeek> days)
    {
        var places = days.Distinct().Select(d => Array.IndexOf(Week, d)).Order().ToList();
        if (places.Count == 7) return "every day";
        var isRow = places.Count > 2 && places[^1] - places[0] == places.Count - 1;
        return isRow ? $"{Short(places[0])} to {Short(places[^1])}" : string.Join(", ", places.Select(Short));
    }

    private static string Short(int place) => Week[place].ToString()[..3];

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
