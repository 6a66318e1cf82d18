using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Marks one approved version, or all of them, as published, and brings the library to every client. Each client is a transaction of its own, so a repeated call finishes what was broken off.</summary>
public sealed class PublishLibrary(IServiceScopeFactory scopes, ClientDirectory clients, ReadLibrary readLibrary, PublishRunbooks publishRunbooks)
{
    public async Task<Refusal?> RunAsync(Guid? versionId, string by, CancellationToken cancel)
    {
        if (await MarkAsync(versionId, cancel) is { } refusal) return refusal;
        var library = await readLibrary.RunAsync(cancel);
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true })) await publishRunbooks.RunAsync(client.Id, library, by, cancel);
        return null;
    }

    private async Task<Refusal?> MarkAsync(Guid? versionId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(clients.Msp.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var versions = await db.RunbookVersions.Where(v => versionId == null ? v.State == RunbookState.Approved : v.Id == versionId).ToListAsync(cancel);
        if (versionId is not null && versions.Count == 0) return new("This version is not in the library any more. Reload the page.");
        foreach (var version in versions)
            if (version.Publish() is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
