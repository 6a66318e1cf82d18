#pragma warning disable RS0030 // raw SQL: EF has no insert that replaces an older row alone
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data;

public static class PackRows
{
    /// <summary>Keeps a client's packed index; one of a later generation stays.</summary>
    public static Task KeepPackAsync(this PortalDb db, TenantId client, long generation, byte[] bytes, DateTimeOffset now, CancellationToken cancel)
    {
        var (tenant, at) = (client.Value, now.ToUniversalTime());
        return db.Database.ExecuteSqlAsync($"""
            insert into index_pack as kept (tenant_id, generation, bytes, made_at) values ({tenant}, {generation}, {bytes}, {at})
            on conflict (tenant_id) do update set generation = excluded.generation, bytes = excluded.bytes, made_at = excluded.made_at where kept.generation <= excluded.generation
            """, cancel);
    }
}
