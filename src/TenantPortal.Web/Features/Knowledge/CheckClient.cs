using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What a publish would do for a client now, above all which values are missing where. Writes nothing.</summary>
public sealed class CheckClient(IServiceScopeFactory scopes, ReadLibrary readLibrary, TimeProvider time)
{
    public async Task<PublishReport> RunAsync(Client client, CancellationToken cancel)
    {
        var library = (await readLibrary.RunAsync(cancel)).For(client);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        return (await Publication.WorkOutAsync(db, client, library, await db.GenerationAsync(client.Id, cancel), time.GetUtcNow(), cancel)).Report;
    }
}
