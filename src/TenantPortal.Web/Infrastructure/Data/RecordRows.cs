#pragma warning disable RS0030 // raw SQL: EF cannot compare typed ids, which a list that goes on after an id needs
using TenantPortal.Domain.Tenancy;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

public static class RecordRows
{
    /// <summary>A client's rows of one kind in the order of their ids, from after one of them.</summary>
    public static async Task<IReadOnlyList<T>> AfterAsync<T>(this PageReads reads, TenantId client, Guid? after, int most, CancellationToken cancel) where T : class, ITenantOwned
    {
        var rows = reads.Add<T>("where r.tenant_id = $1 and r.id > $2 order by r.id limit $3", reads.In(client), Of(after ?? Guid.Empty), Of(most));
        await reads.RunAsync(cancel);
        return rows;
    }
}
