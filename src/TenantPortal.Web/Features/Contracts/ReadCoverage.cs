using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>How the tickets of one category got their times: by a clause, by the contract's priorities, or by our usual ones.</summary>
public sealed record CategoryCoverage(string Category, int Tickets, int ByClause, int ByContract, int ByDefault);

public sealed record ClientCoverage(Coverage Coverage, IReadOnlyList<CategoryCoverage> Categories);

/// <summary>Counts, over the last 90 days, what a clause spoke of and what fell back.</summary>
public sealed class ReadCoverage(PortalDb db, ReadContracts contracts, TimeProvider time)
{
    public const int Days = 90;
    private const int MostCategories = 12;

    public async Task<IReadOnlyList<ClientCoverage>> RunAsync(CancellationToken cancel)
    {
        var (from, all) = (time.GetUtcNow().AddDays(-Days), await contracts.AllAsync(cancel));
        var counted = new List<ClientCoverage>();
        foreach (var one in all)
        {
            var client = one.Client.Id;
            var rows = await db.Tickets.AsNoTracking().Where(t => t.TenantId == client && t.OpenedAt >= from)
                .SelectMany(t => t.Targets.Where(g => g.TenantId == client && g.Kind == "Response").Select(g => new { t.Category, ByClause = EF.Functions.Like(g.SetBy, Promise.ClauseMark + "%"), ByDefault = EF.Functions.Like(g.SetBy, ServiceTerms.WithoutContract + "%") }))
                .GroupBy(r => new { r.Category, r.ByClause, r.ByDefault }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
            counted.Add(new(one, [.. rows.GroupBy(r => r.Key.Category).Select(g => new CategoryCoverage(
                g.Key, g.Sum(r => r.Count), g.Where(r => r.Key.ByClause).Sum(r => r.Count), g.Where(r => r.Key is { ByClause: false, ByDefault: false }).Sum(r => r.Count), g.Where(r => r.Key.ByDefault).Sum(r => r.Count)))
                .OrderByDescending(c => c.Tickets - c.ByClause).ThenBy(c => c.Category, StringComparer.Ordinal).Take(MostCategories)]));
        }
        return counted;
    }
}
