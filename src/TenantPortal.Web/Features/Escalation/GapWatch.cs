using System.Globalization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Looks every hour two days ahead: a time in which nobody is on call is written to the leads and operators, once each, while it can still be filled.</summary>
public sealed class GapWatch(OnCallDirectory directory, ClientDirectory clients, ClientScopes scopes, TimeProvider time, ILogger<GapWatch> log) : BackgroundService
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromHours(1), Look = TimeSpan.FromSeconds(2), Ahead = TimeSpan.FromDays(2), Back = TimeSpan.FromDays(8);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lookedAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            if (now - lookedAt >= Rhythm && clients.All.Any(c => c.IsMsp))
            {
                lookedAt = now;
                try { await TellAsync(now, stoppingToken); }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning("The rotas could not be looked at ({Reason}); trying again in an hour", e.Message); }
            }
            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells of every gap that lasts now or begins within two days.</summary>
    public async Task TellAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var roster = directory.Roster;
        // from before today, so that a gap that lasts keeps the start it is known by
        var gaps = roster.Rotas.SelectMany(rota => RotaGap.Of(roster, rota, now - Back, now + Ahead)).Where(gap => gap.Until > now).ToList();
        if (gaps.Count == 0) return;
        await scopes.RunAsync(clients.Msp.Id, async services =>
        {
            var mail = services.GetRequiredService<MailQueue>();
            foreach (var gap in gaps)
                foreach (var person in roster.Staff.Where(s => s.IsActive && (s.Roles & (StaffRoles.ServiceLead | StaffRoles.Operator)) != StaffRoles.None)) await mail.QueueAsync(Letter(gap, person), cancel);
        });
    }

    private MailToSend Letter(RotaGap gap, StaffMember to)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(gap.Rota.TimeZone);
        string Said(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
        var values = new Dictionary<string, string> { ["rota"] = gap.Rota.Name, ["from"] = Said(gap.From), ["until"] = Said(gap.Until), ["why"] = gap.Why };
        return new("rota-gap", null, "rota-gap", to.Email, to.Name, $"{gap.Rota.Id:n} {gap.From.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}", values, "/admin/on-call/gaps") { Client = clients.Msp.Id };
    }
}
