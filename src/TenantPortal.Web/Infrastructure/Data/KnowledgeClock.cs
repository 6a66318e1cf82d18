#pragma warning disable RS0030 // raw SQL: counts and returns in one statement
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Counts a client's publishes. The count is taken inside the writer's transaction, so that two writers follow each other and every process hears of it on commit.</summary>
public static class KnowledgeClock
{
    public static async Task<long> NextGenerationAsync(this PortalDb db, TenantId client, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A generation is counted inside the transaction that writes its rows.");
        var next = await db.Database.SqlQuery<long>($"""insert into knowledge_generation as g (tenant_id, generation) values ({client.Value}, 1) on conflict (tenant_id) do update set generation = g.generation + 1 returning generation as "Value" """).ToListAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_notify('knowledge', {client.Value.ToString()})", cancel);
        return next[0];
    }

    /// <summary>The generation as committed; 0 before the first publish.</summary>
    public static Task<long> GenerationAsync(this PortalDb db, TenantId client, CancellationToken cancel) => Generation(db, client, cancel);

    private static readonly Func<PortalDb, TenantId, CancellationToken, Task<long>> Generation =
        EF.CompileAsyncQuery((PortalDb db, TenantId client, CancellationToken cancel) => db.Generations.Where(g => g.TenantId == client).Select(g => g.Generation).FirstOrDefault());
}
