using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Records that a lead answers for the bytes of one version of the library.</summary>
public sealed class ApproveRunbook(IServiceScopeFactory scopes, ClientDirectory clients, TimeProvider time)
{
    public async Task<Refusal?> RunAsync(Guid versionId, string by, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(clients.Msp.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        if (await db.RunbookVersions.FirstOrDefaultAsync(v => v.Id == versionId, cancel) is not { } version) return new("This version is not in the library any more. Reload the page.");
        if (version.Approve(by, time.GetUtcNow()) is { } refusal) return refusal;
        db.Add(new ClientEvent { TenantId = clients.Msp.Id, Kind = "runbook-approved", ActorName = by, At = time.GetUtcNow(), Detail = new() { ["slug"] = version.Slug, ["hash"] = version.Hash, ["version"] = $"{version.Number}" } });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
