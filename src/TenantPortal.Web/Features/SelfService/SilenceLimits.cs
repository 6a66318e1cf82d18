using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>How long a person may be silent, in open minutes of the client's calendar.</summary>
public sealed record SilenceLimit(BusinessCalendar Calendar, int Minutes)
{
    /// <summary>When the attempt is handed over if nothing more is heard. A calendar that never opens must not keep it for ever.</summary>
    public DateTimeOffset EndsAt(Attempt attempt) => Calendar.Add(attempt.LastAnswerAt, TimeSpan.FromMinutes(Minutes)) ?? attempt.LastAnswerAt.AddMinutes(Minutes);
}

/// <summary>Reads the limit that holds for a client today.</summary>
public sealed class SilenceLimits(PortalDb db, ClientDirectory clients, PortalSettings settings, TimeProvider time)
{
    public async Task<SilenceLimit> OfAsync(TenantId client, CancellationToken cancel)
    {
        var zone = clients.ById(client)?.TimeZone ?? "Etc/UTC";
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        var contract = await db.Contracts.AsNoTracking().Where(c => c.TenantId == client && c.StartsOn <= today && (c.EndsOn == null || c.EndsOn >= today)).OrderByDescending(c => c.StartsOn).FirstOrDefaultAsync(cancel);
        return Of(new ServiceTerms(contract, [], zone, []));
    }

    public SilenceLimit Of(ServiceTerms terms) => new(terms.Calendar, settings.SilentMinutes);
}
