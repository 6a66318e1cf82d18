using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Writes a draft that takes a clause out of force; like any other version it is replayed, and approved by somebody else.</summary>
public sealed class WithdrawClause(PortalDb db, AskReplay replay, Me me, TimeProvider time)
{
    private const int LongestReason = 500;

    public async Task<Refusal?> RunAsync(Client client, Guid clauseId, string? because, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(because) || because.Length > LongestReason) return new("Say in a few words why the clause goes.");
        if (await db.Clauses.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == client.Id && c.Id == clauseId, cancel) is not { } clause) return new("This clause is not in force any more. Reload the page.");
        var now = time.GetUtcNow();
        var earlier = await db.ClauseVersions.Where(v => v.TenantId == client.Id && v.ClauseId == clauseId).ToListAsync(cancel);
        foreach (var draft in earlier.Where(v => v.State == ClauseState.Draft)) draft.Supersede();
        var version = new ClauseVersion
        {
            TenantId = client.Id, ClauseId = clauseId, ContractId = clause.ContractId, Number = 1 + Math.Max(clause.Version, earlier.Select(v => v.Number).DefaultIfEmpty().Max()), BasedOn = clause.Version,
            Rule = ClauseRule.Of(clause) with { WithdrawnBecause = because.Trim() }, Cases = [], AuthorId = me.Staff.Id.Value, AuthorName = me.Staff.Name, CreatedAt = now,
        };
        db.Add(version);
        replay.Add(version, now);
        db.Add(new ClientEvent { TenantId = client.Id, Kind = "clause-withdrawal-asked", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = now, Detail = new() { ["clause"] = $"{clauseId}", ["title"] = clause.Title, ["why"] = because.Trim() } });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
