using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Takes a guide away: first from the tenant that owns it, so that no publish brings it back, then from every client that has a copy. Each client's next answer is without it.</summary>
public sealed class WithdrawRunbook(IServiceScopeFactory scopes, ClientDirectory clients, TimeProvider time)
{
    /// <param name="owner">The MSP for a guide of the library, otherwise the client whose own guide it is.</param>
    public async Task<Refusal?> RunAsync(TenantId owner, Guid runbookId, string by, string reason, CancellationToken cancel)
    {
        if (reason.Trim().Length is < 3 or > 300) return new("Say in one sentence, up to 300 characters, why the guide is withdrawn.");
        if (await ArchiveAsync(owner, runbookId, by, reason, cancel) is { } refusal) return refusal;
        var readers = clients.All.Where(c => !c.IsMsp && (c.Id == owner || clients.Msp.Id == owner));
        foreach (var client in readers) await TakeAsync(client.Id, runbookId, by, reason, cancel);
        return null;
    }

    private async Task<Refusal?> ArchiveAsync(TenantId owner, Guid runbookId, string by, string reason, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = In(scope, owner);
        var versions = await db.RunbookVersions.Where(v => v.RunbookId == runbookId && (v.State == RunbookState.Approved || v.State == RunbookState.Published)).ToListAsync(cancel);
        if (versions.Count == 0) return new("This guide is not published, so there is nothing to withdraw.");
        foreach (var version in versions)
            if (version.Withdraw() is { } refusal) return refusal;
        db.Add(Event(owner, "withdrawn", by, versions[0].Slug, reason));
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private async Task TakeAsync(TenantId client, Guid runbookId, string by, string reason, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = In(scope, client);
        if (!await db.Published.AnyAsync(p => p.RunbookId == runbookId && !p.IsWithdrawn, cancel)) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var generation = await db.NextGenerationAsync(client, cancel);
        var guide = await db.Published.SingleAsync(p => p.RunbookId == runbookId, cancel);
        (guide.IsWithdrawn, guide.Generation) = (true, generation);
        // the client's own history tells it too, whoever owned the guide
        db.Add(Event(client, "guide-withdrawn", by, guide.Slug, reason));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private ClientEvent Event(TenantId tenant, string kind, string by, string slug, string reason) =>
        new() { TenantId = tenant, Kind = kind, ActorName = by, At = time.GetUtcNow(), Detail = new() { ["slug"] = slug, ["reason"] = reason.Trim() } };

    private static PortalDb In(AsyncServiceScope scope, TenantId tenant)
    {
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(tenant);
        return scope.ServiceProvider.GetRequiredService<PortalDb>();
    }
}
