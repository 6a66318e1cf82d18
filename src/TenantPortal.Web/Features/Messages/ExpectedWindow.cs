using System.Globalization;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Messages;

/// <summary>Until when a person may expect to hear from us, on the clock of the client: "by 14:30", "by 09:00 on Monday 7 January".</summary>
public sealed class ExpectedWindow(IStringLocalizer<Words> words)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public string Say(DateTimeOffset dueAt, Client client, DateTimeOffset now)
    {
        if (dueAt <= now) return words["Soon"];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(client.TimeZone);
        var (due, today) = (TimeZoneInfo.ConvertTime(dueAt, zone), TimeZoneInfo.ConvertTime(now, zone));
        var clock = due.ToString("HH:mm", English);
        return due.Date == today.Date ? words["ByTime", clock] : words["ByDay", clock, due.ToString("dddd d MMMM", English)];
    }
}
