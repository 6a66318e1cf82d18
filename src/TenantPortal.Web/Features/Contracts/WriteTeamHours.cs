using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Writes when a team works, or that it has no hours of its own; the clocks of every client's open tickets are read again.</summary>
public sealed class WriteTeamHours(OnCallDirectory directory, ClientDirectory clients, ClientScopes scopes, Me me, TimeProvider time)
{
    /// <param name="hours">Null: the team has none of its own any more.</param>
    public async Task<Refusal?> RunAsync(string queue, OpenHours? hours, CancellationToken cancel)
    {
        if (hours is not null && TeamHours.Refusal(hours) is { } refusal) return refusal;
        var now = time.GetUtcNow();
        try { await scopes.RunAsync(clients.Msp.Id, services => SaveAsync(services, queue, hours, now, cancel)); }
        catch (DbUpdateException) { return new("Somebody else changed this at the same moment. Reload the page."); }
        await directory.RefreshAsync(cancel);
        return null;
    }

    private async Task SaveAsync(IServiceProvider services, string queue, OpenHours? hours, DateTimeOffset now, CancellationToken cancel)
    {
        var (db, jobs) = (services.GetRequiredService<PortalDb>(), services.GetRequiredService<JobQueue>());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await OnCallDirectory.ChangeAsync(async rows =>
        {
            await rows.RemoveTeamHoursAsync(queue, cancel);
            if (hours is not null) rows.Add(new TeamHours { Queue = queue, Hours = hours, ByName = me.Staff.Name, ChangedAt = now });
        }, transaction.GetDbTransaction(), cancel);
        db.Add(new ClientEvent
        {
            TenantId = clients.Msp.Id, Kind = hours is null ? "team-hours-removed" : "team-hours-written", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = now,
            Detail = new Dictionary<string, string> { ["team"] = queue, ["was"] = Said(directory.Teams.FirstOrDefault(t => t.Queue == queue)?.Hours), ["now"] = Said(hours) },
        });
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true })) jobs.Add(client.Id, ClocksAgain.JobKind, null, now);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static string Said(OpenHours? hours) => hours is null ? "" : $"{string.Join(", ", hours.Weekly.Where(d => d.Value.Count > 0).Select(d => $"{d.Key} {string.Join(" and ", d.Value)}"))}, {hours.TimeZone}{(hours.Holidays.Count > 0 ? $", without {hours.Holidays.Count} holidays" : "")}";
}
