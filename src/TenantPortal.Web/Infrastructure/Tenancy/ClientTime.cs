using System.Globalization;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>An instant as the client's people read it on their own clock: "14:30" today, "Tue 24 Nov, 09:00" on another day.</summary>
public sealed class ClientTime(Client client, DateTimeOffset now)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(client.TimeZone);
    private readonly CultureInfo culture = CultureInfo.GetCultureInfo(client.Language);

    public DateTimeOffset Now => now;
    public DateOnly Today => DateOnly.FromDateTime(Local(now).Date);

    public string Words(DateTimeOffset at)
    {
        var (then, today) = (Local(at), Local(now));
        if (then.Date == today.Date) return then.ToString("HH:mm", culture);
        return then.ToString(then.Year == today.Year ? "ddd d MMM, HH:mm" : "d MMM yyyy, HH:mm", culture);
    }

    public string Day(DateTimeOffset at)
    {
        var (then, today) = (Local(at), Local(now));
        return then.ToString(then.Year == today.Year ? "ddd d MMM" : "d MMM yyyy", culture);
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}
