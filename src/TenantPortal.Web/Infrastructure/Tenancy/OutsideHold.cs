using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Data.Backup;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>After a restore nothing leaves the portal until a person has looked and released it: what waited then may have been sent since.</summary>
public sealed class OutsideHold(IDbContextFactory<DirectoryDb> directory, ClientDirectory clients, ClientScopes scopes, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5), LookAgain = TimeSpan.FromMinutes(1);
    private (DateTimeOffset At, bool IsHeld) seen;

    /// <summary>Throws while messages are held; the job comes back later, and this was no try.</summary>
    public async Task PassAsync(CancellationToken cancel)
    {
        if (await IsHeldAsync(cancel)) throw new NotYetException("mail and hooks are held after a restore; ./portal release lets them out", LookAgain);
    }

    public async Task<bool> IsHeldAsync(CancellationToken cancel)
    {
        var (now, known) = (time.GetUtcNow(), seen);
        if (known.At + Remembered > now && known.At <= now) return known.IsHeld;
        await using var db = await directory.CreateDbContextAsync(cancel);
        var isHeld = await db.Settings.AnyAsync(s => s.Name == RestoreBackup.HoldSetting, cancel);
        seen = (now, isHeld);
        return isHeld;
    }

    /// <summary>How many messages were dropped; null when nothing was held.</summary>
    public async Task<int?> ReleaseAsync(bool drop, CancellationToken cancel)
    {
        await using var db = await directory.CreateDbContextAsync(cancel);
        if (!await db.Settings.AnyAsync(s => s.Name == RestoreBackup.HoldSetting, cancel)) return null;
        var dropped = 0;
        if (drop)
            foreach (var client in clients.All)
                dropped += await scopes.RunAsync(client.Id, services => services.GetRequiredService<PortalDb>().Outbox.Where(m => m.TenantId == client.Id && m.State == OutboxState.Queued)
                    .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, OutboxState.Failed).SetProperty(x => x.Error, "It waited when the backup was made, and was dropped at the release."), cancel));
        await db.Settings.Where(s => s.Name == RestoreBackup.HoldSetting).ExecuteDeleteAsync(cancel);
        seen = default;
        return dropped;
    }
}
