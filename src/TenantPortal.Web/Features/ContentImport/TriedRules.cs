using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Whether triage rules were tried on the last 90 days of every client, against the rules that hold; the library's log remembers it.</summary>
internal sealed class TriedRules(PortalDb db)
{
    private const string Kind = "triage-rules-tried";

    /// <summary>True as well where no rules hold yet, or the same ones.</summary>
    public async Task<bool> AreAsync(TriageRules rules, CancellationToken cancel)
    {
        var (hash, holding) = (Hash(rules), await HoldingAsync(cancel));
        if (holding is null || holding == hash) return true;
        var tried = await db.ClientEvents.AsNoTracking().Where(e => e.Kind == Kind).OrderByDescending(e => e.Id).Take(20).Select(e => e.Detail).ToListAsync(cancel);
        return tried.Any(t => t.GetValueOrDefault("rules") == hash && t.GetValueOrDefault("holding") == holding);
    }

    public async Task<bool> MustBeTriedAsync(string folder, TenantId library, CancellationToken cancel) =>
        new PackFolder(folder, library, new()).Read()?.Triage is { } rules && !await AreAsync(rules, cancel);

    public async Task WriteAsync(TenantId library, TriageRules rules, int changed, DateTimeOffset now, CancellationToken cancel)
    {
        db.Add(new ClientEvent { TenantId = library, Kind = Kind, ActorName = "content try", At = now, Detail = new() { ["rules"] = Hash(rules), ["holding"] = await HoldingAsync(cancel) ?? "", ["changed"] = $"{changed}" } });
        await db.SaveChangesAsync(cancel);
    }

    private async Task<string?> HoldingAsync(CancellationToken cancel) =>
        await db.TriageRules.AsNoTracking().Where(r => r.IsActive).OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(cancel) is { } set ? Hash(set.Rules) : null;

    private static string Hash(TriageRules rules) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules, ColumnTypes.JsonOptions)));
}
