using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Portal;

public sealed record Topic(string Name, string Category, int Guides);
public sealed record AskFor(string Slug, string Title, string Icon);
public sealed record AskGroup(string Name, string Icon, IReadOnlyList<AskFor> Types);

/// <summary>What the first page of a client offers to everyone there: topics with guides, and forms.</summary>
public sealed record HomeContent(IReadOnlyList<Topic> Topics, IReadOnlyList<AskGroup> Groups);

/// <summary>The contents of each client's first page, kept in memory until the client's knowledge or profile changes.</summary>
public sealed class HomeContents
{
    private readonly ConcurrentDictionary<TenantId, HomeContent> ready = new();
    private int changes;

    public HomeContents(Signals signals)
    {
        signals.Heard += (channel, payload) => { if (channel is "knowledge" or "profile" && Guid.TryParse(payload.Split(' ')[0], out var client)) Forget(new(client)); };
        signals.Reconnected += () => { Interlocked.Increment(ref changes); ready.Clear(); };
    }

    public async ValueTask<HomeContent> OfAsync(TenantId client, PortalDb db, CancellationToken cancel)
    {
        if (ready.TryGetValue(client, out var known)) return known;
        var before = Volatile.Read(ref changes);
        var read = await ReadAsync(db, cancel);
        // what is empty may be about to be filled, and what was read during a change is used once
        if (before == Volatile.Read(ref changes) && read.Topics.Count + read.Groups.Count > 0) ready[client] = read;
        return read;
    }

    private void Forget(TenantId client)
    {
        Interlocked.Increment(ref changes);
        ready.TryRemove(client, out _);
    }

    private static async Task<HomeContent> ReadAsync(PortalDb db, CancellationToken cancel)
    {
        var rules = await db.TriageRules.AsNoTracking().Where(r => r.IsActive).OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(cancel);
        var names = rules?.Rules.Categories.GroupBy(c => c.Id).ToDictionary(g => g.Key, g => g.First().Topic, StringComparer.Ordinal) ?? [];
        var guides = await db.Published.AsNoTracking().Where(p => !p.IsWithdrawn && p.MinTier == 0).Select(p => new { p.Category, p.Audience }).ToListAsync(cancel);
        var topics = guides.Where(g => g.Audience.Contains(Audience.EndUser) && names.ContainsKey(g.Category)).GroupBy(g => names[g.Category])
            .Select(g => new Topic(g.Key, g.GroupBy(x => x.Category).MaxBy(c => c.Count())!.Key, g.Count())).OrderByDescending(t => t.Guides).ThenBy(t => t.Name, StringComparer.Ordinal);
        var types = await db.RequestTypes.AsNoTracking().Where(r => r.IsActive).OrderBy(r => r.Group).ThenBy(r => r.Title).Select(r => new { r.Slug, r.Title, r.Group, r.Icon }).ToListAsync(cancel);
        return new([.. topics], [.. types.GroupBy(r => r.Group).Select(g => new AskGroup(g.Key, g.First().Icon, [.. g.Select(r => new AskFor(r.Slug, r.Title, r.Icon))]))]);
    }
}
