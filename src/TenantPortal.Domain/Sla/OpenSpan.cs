using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Sla;

/// <summary>Hours of one weekday by the wall clock, from <paramref name="Opens"/> up to but without <paramref name="Closes"/>; a closing time of 00:00 is midnight at the end of the day.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OpenSpan(TimeOnly Opens, TimeOnly Closes)
{
    public static OpenSpan WholeDay { get; } = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>Reads "09:00-17:30"; "24:00" may close a day. Hours over midnight are written on both days.</summary>
    public static bool TryParse(string text, out OpenSpan span, [NotNullWhen(false)] out string? problem)
    {
        span = default;
        problem = $"Opening hours are written like 09:00-17:30; “{text}” is not.";
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryParseTime(text[..dash].Trim(), out var opens)) return false;

        var closing = text[(dash + 1)..].Trim();
        var closes = TimeOnly.MinValue;
        if (closing != "24:00" && !TryParseTime(closing, out closes)) return false;

        span = new OpenSpan(opens, closes);
        problem = $"Opening hours end after they begin; “{text}” does not. Hours over midnight are written on both days, the first up to 24:00.";
        if (closing == "00:00" || span.ClosesTicks <= span.OpensTicks) return false;

        problem = null;
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Opens:HH\\:mm}-{(Closes == TimeOnly.MinValue ? "24:00" : Closes.ToString("HH:mm", CultureInfo.InvariantCulture))}");

    internal long OpensTicks => Opens.Ticks;

    internal long ClosesTicks => Closes == TimeOnly.MinValue ? TimeSpan.TicksPerDay : Closes.Ticks;

    private static bool TryParseTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
