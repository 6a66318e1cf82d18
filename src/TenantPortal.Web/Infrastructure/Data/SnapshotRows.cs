#pragma warning disable RS0030 // raw SQL: EF has no insert that leaves an existing row alone
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Web.Infrastructure.Data;

public static class SnapshotRows
{
    /// <summary>Keeps a state of a client's rules under its hash; one that is kept already stays as it is.</summary>
    public static Task KeepRulesAsync(this PortalDb db, TenantId client, string hash, RuleParts parts, DateTimeOffset now, CancellationToken cancel)
    {
        var (tenant, text, at) = (client.Value, JsonSerializer.Serialize(parts, ColumnTypes.JsonOptions), now.ToUniversalTime());
        return db.Database.ExecuteSqlAsync($"insert into rule_snapshot (tenant_id, hash, parts, made_at) values ({tenant}, {hash}, {text}::jsonb, {at}) on conflict do nothing", cancel);
    }
}
