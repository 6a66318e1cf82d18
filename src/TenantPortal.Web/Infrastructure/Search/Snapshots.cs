using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>The indexes in memory, one set a client, never older than the generation that the caller read from the database; the clients longest unused make room.</summary>
public sealed class Snapshots(IServiceScopeFactory scopes)
{
    public const int MostClients = 256;
    private readonly ConcurrentDictionary<TenantId, Place> places = new();
    private long uses;

    public int Count => places.Count;

    /// <param name="db">The caller's unit of work. It is read with where its scope is this very client, for it may hold a connection and must not wait for
    /// another; never inside a transaction, which may be taken back after everybody has seen its rows.</param>
    public async Task<ClientKnowledge> GetAsync(TenantId client, long generation, PortalDb db, CancellationToken cancel)
    {
        var place = places.GetOrAdd(client, _ => new());
        place.LastUse = Interlocked.Increment(ref uses);
        if (place.Knowledge is { } ready && ready.Generation >= generation) return ready;
        await place.Gate.WaitAsync(cancel);
        try
        {
            if (place.Knowledge is { } built && built.Generation >= generation) return built;
            var fresh = db.Scope.Tenants is [var only] && only == client && db.Database.CurrentTransaction is null ? await LoadAsync(db, client, place.Knowledge, cancel) : await LoadAsync(client, place.Knowledge, cancel);
            place.Knowledge = fresh;
            MakeRoom(client);
            return fresh;
        }
        finally { place.Gate.Release(); }
    }

    private async Task<ClientKnowledge> LoadAsync(TenantId client, ClientKnowledge? before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        return await LoadAsync(scope.ServiceProvider.GetRequiredService<PortalDb>(), client, before, cancel);
    }

    private static async Task<ClientKnowledge> LoadAsync(PortalDb db, TenantId client, ClientKnowledge? before, CancellationToken cancel)
    {
        // read first: rows that change after this are read again at the next generation
        var generation = await db.GenerationAsync(client, cancel);
        var known = before?.Generation ?? -1;
        var synonyms = Synonyms.Of((await db.Glossary.AsNoTracking().OrderBy(g => g.Term).ToListAsync(cancel)).Select(g => (IReadOnlyList<string>)[g.Term, .. g.Same]));
        var rows = await db.Published.AsNoTracking().Where(p => p.Generation > known).ToListAsync(cancel);
        var forms = new WordForms();
        var changed = rows.Where(r => !r.IsWithdrawn).Select(r => IndexedGuide.Of(r, forms)).ToList();
        if (before is null) return new(generation, changed, synonyms);
        return before.Next(generation, [.. rows.Where(r => r.IsWithdrawn).Select(r => r.RunbookId)], changed, synonyms);
    }

    private void MakeRoom(TenantId keep)
    {
        while (places.Count > MostClients && places.Where(p => p.Key != keep).OrderBy(p => p.Value.LastUse).Select(p => (TenantId?)p.Key).FirstOrDefault() is { } oldest) places.TryRemove(oldest, out _);
    }

    private sealed class Place
    {
        // not disposed: without a wait handle it holds no resource, and a waiter may still use it after the place is given up
        public SemaphoreSlim Gate { get; } = new(1);
        public volatile ClientKnowledge? Knowledge;
        public long LastUse;
    }
}
