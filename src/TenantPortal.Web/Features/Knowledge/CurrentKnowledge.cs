using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What a client's readers can find, at the generation that stood when this request or job first asked.</summary>
public sealed class CurrentKnowledge(PortalDb db, Snapshots snapshots)
{
    private (TenantId Client, ClientKnowledge Knowledge)? known;

    public async Task<ClientKnowledge> OfAsync(TenantId client, CancellationToken cancel)
    {
        if (known is { } before && before.Client == client) return before.Knowledge;
        var knowledge = await snapshots.GetAsync(client, await db.GenerationAsync(client, cancel), cancel, db);
        known = (client, knowledge);
        return knowledge;
    }
}
