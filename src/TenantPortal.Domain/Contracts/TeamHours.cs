using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Contracts;

/// <summary>When the team behind a queue works. A promise in team hours counts in these, for whichever client.</summary>
public sealed class TeamHours
{
    public required string Queue { get; init; }
    public required OpenHours Hours { get; set; }
    public required string ByName { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }

    public static string Name(string queue) => queue.Replace('-', ' ');

    /// <summary>Why no clock could count in these hours, as a sentence; null when it can.</summary>
    public static Refusal? Refusal(OpenHours hours) => BusinessCalendar.TryParse(hours.TimeZone, hours.Weekly, hours.Holidays, out _, out var problem) ? null : new(problem);
}
