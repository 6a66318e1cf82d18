using System.Globalization;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Moments as a form's field carries them, by the wall clock of a place.</summary>
internal static class WallTime
{
    /// <summary>An hour that is skipped is read as the one after it, one that comes twice as the first; null when it is no moment.</summary>
    public static DateTimeOffset? Read(string? text, string timeZone)
    {
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) || wall.Year is < 2000 or > 9000) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return new DateTimeOffset(wall, zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    public static string Say(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
