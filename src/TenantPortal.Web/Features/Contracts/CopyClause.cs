using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Writes a clause as a draft for other clients: theirs is approved there, on its own test cases. A site is one client's, so the copy is for any.</summary>
public sealed class CopyClause(PortalDb db, ReadContracts contracts, WriteClause write)
{
    /// <returns>Where a draft was written, and where not, with the reason.</returns>
    public async Task<(IReadOnlyList<Client> Copied, IReadOnlyList<Refusal> Refused)> RunAsync(Client from, Guid clauseId, IReadOnlyList<string?> to, CancellationToken cancel)
    {
        if (await db.Clauses.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == from.Id && c.Id == clauseId, cancel) is not { } clause) return ([], [new("This clause is not in force any more. Reload the page.")]);
        var cases = await db.ClauseVersions.AsNoTracking().Where(v => v.TenantId == from.Id && v.ClauseId == clauseId && v.State == ClauseState.InForce).Select(v => v.Cases).FirstOrDefaultAsync(cancel) ?? [];
        var slugs = to.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (slugs.Count == 0) return ([], [new("Choose the clients that get a copy.")]);
        var (copied, refused) = (new List<Client>(), new List<Refusal>());
        foreach (var slug in slugs)
        {
            if (contracts.BySlug(slug) is not { } client || client.Id == from.Id) { refused.Add(new("One of the clients is not in the list.")); continue; }
            if (await write.RunAsync(client, null, ClauseRule.Of(clause) with { Sites = [] }, cases, cancel) is { } refusal) refused.Add(new($"{client.Name}: {refusal.Sentence}"));
            else copied.Add(client);
        }
        return (copied, refused);
    }
}
