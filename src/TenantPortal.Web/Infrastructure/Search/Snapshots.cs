using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>The indexes in memory, one set a client, never older than the generation that the caller read from the database; the clients longest unused make room.</summary>
public sealed class Snapshots(IServiceScopeFactory scopes, IndexPacks packs, TimeProvider time, ILogger<Snapshots> log)
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
            Take(client, place, fresh);
            MakeRoom(client);
            return fresh.Knowledge;
        }
        finally { place.Gate.Release(); }
    }

    /// <summary>The rebuild of a client's index that runs, or that ran last.</summary>
    public IndexRebuild? RebuildOf(TenantId client) => places.TryGetValue(client, out var place) ? place.Rebuild : null;

    /// <summary>Makes a client's index anew from the database, while the one in use answers; it stays where that fails.</summary>
    public Task RebuildAsync(TenantId client)
    {
        var place = places.GetOrAdd(client, _ => new());
        lock (place)
        {
            if (place.Rebuild is { IsOver: false }) return place.Rebuilding;
            var rebuild = place.Rebuild = new(time.GetUtcNow());
            return place.Rebuilding = Task.Run(() => RebuildAsync(client, place, rebuild));
        }
    }

    private async Task RebuildAsync(TenantId client, Place place, IndexRebuild rebuild)
    {
        try
        {
            var fresh = await LoadAsync(client, before: null, CancellationToken.None, rebuild);
            // nobody is to wait for what the old one had ready
            foreach (var reader in place.Knowledge?.Searched ?? []) fresh.Knowledge.Snapshot(reader);
            await place.Gate.WaitAsync();
            try { Take(client, place, fresh.Knowledge.Generation >= (place.Knowledge?.Generation ?? 0) ? fresh : fresh with { Knowledge = (await LoadAsync(client, fresh.Knowledge, CancellationToken.None)).Knowledge }); }
            finally { place.Gate.Release(); }
            rebuild.End();
        }
        catch (Exception e)
        {
            log.LogError(e, "The index of client {Client} could not be made anew; the one in use stays", client);
            rebuild.End(e.Message);
        }
    }

    private async Task<Loaded> LoadAsync(TenantId client, ClientKnowledge? before, CancellationToken cancel, IndexRebuild? rebuild = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await LoadAsync(In(scope, client), client, before, cancel, rebuild);
    }

    private async Task<Loaded> LoadAsync(PortalDb db, TenantId client, ClientKnowledge? before, CancellationToken cancel, IndexRebuild? rebuild = null)
    {
        // read first: rows that change after this are read again at the next generation
        var generation = await db.GenerationAsync(client, cancel);
        var synonyms = Synonyms.Of((await db.Glossary.AsNoTracking().OrderBy(g => g.Term).ToListAsync(cancel)).Select(g => (IReadOnlyList<string>)[g.Term, .. g.Same]));
        if (before is null && rebuild is null) before = await packs.ReadAsync(db, client, generation, synonyms, cancel);
        var known = before?.Generation ?? -1;
        var unread = new List<UnreadGuide>();
        var rows = await RowsAsync(db, known, unread, cancel);
        var lessons = await LessonsAsync(db, client, before is null ? null : [.. rows.Select(r => r.RunbookId)], cancel);
        rebuild?.Expect(rows.Count(r => !r.IsWithdrawn));
        var forms = new WordForms();
        var changed = new List<IndexedGuide>(rows.Count);
        foreach (var row in rows.Where(r => !r.IsWithdrawn))
        {
            if (Analysed(row, [.. lessons[row.RunbookId]], forms, unread) is { } guide) changed.Add(guide);
            rebuild?.Read();
        }
        foreach (var guide in unread) log.LogError("Guide {Runbook} of client {Client} cannot be found by anybody: {Reason}", guide.RunbookId, client, guide.Reason);
        if (before is null) return new(new(generation, changed, synonyms, unread), rows.Count);
        return new(before.Next(generation, [.. rows.Where(r => r.IsWithdrawn).Select(r => r.RunbookId), .. unread.Select(u => u.RunbookId)], changed, synonyms, unread), rows.Count);
    }

    /// <summary>Answers from now on; where much of it had to be read, the client's next return is made short.</summary>
    private void Take(TenantId client, Place place, Loaded fresh)
    {
        place.Knowledge = fresh.Knowledge;
        place.Read += fresh.Read;
        if (place.Read < IndexPacks.WorthKeeping) return;
        place.Read = 0;
        // nobody waits for it, and without it only the return takes longer
        _ = Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await packs.KeepAsync(In(scope, client), client, fresh.Knowledge);
        });
    }

    private static PortalDb In(AsyncServiceScope scope, TenantId client)
    {
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        return scope.ServiceProvider.GetRequiredService<PortalDb>();
    }

    /// <summary>What the tickets that guides solved say, newest first.</summary>
    private static async Task<ILookup<Guid, Lesson>> LessonsAsync(PortalDb db, TenantId client, Guid[]? guides, CancellationToken cancel)
    {
        if (guides is []) return Array.Empty<Lesson>().ToLookup(_ => Guid.Empty);
        var learned = db.LearnedTickets.AsNoTracking().Where(l => l.TenantId == client);
        if (guides is not null) learned = learned.Where(l => guides.Contains(l.RunbookId));
        return (await learned.OrderByDescending(l => l.At).ThenBy(l => l.TicketId).ToListAsync(cancel)).ToLookup(l => l.RunbookId, l => new Lesson(l.ContactId.Value, l.Words));
    }

    /// <summary>The rows since a generation; where one cannot be read, each by itself, so that it does not stop the others.</summary>
    private static async Task<List<PublishedRunbook>> RowsAsync(PortalDb db, long known, List<UnreadGuide> unread, CancellationToken cancel)
    {
        var since = db.Published.AsNoTracking().Where(p => p.Generation > known);
        try { return await since.ToListAsync(cancel); }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            var rows = new List<PublishedRunbook>();
            foreach (var id in await since.Select(p => p.RunbookId).ToListAsync(cancel))
                try { rows.Add(await since.SingleAsync(p => p.RunbookId == id, cancel)); }
                catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException) { unread.Add(new(id, broken.Message)); }
            return rows;
        }
    }

    private static IndexedGuide? Analysed(PublishedRunbook row, IReadOnlyList<Lesson> lessons, WordForms forms, List<UnreadGuide> unread)
    {
        try { return IndexedGuide.Of(row, lessons, forms); }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            unread.Add(new(row.RunbookId, e.Message));
            return null;
        }
    }

    private void MakeRoom(TenantId keep)
    {
        while (places.Count > MostClients && places.Where(p => p.Key != keep).OrderBy(p => p.Value.LastUse).Select(p => (TenantId?)p.Key).FirstOrDefault() is { } oldest) places.TryRemove(oldest, out _);
    }

    /// <param name="Knowledge">What answers.</param>
    /// <param name="Read">How many rows had to be read for it.</param>
    private sealed record Loaded(ClientKnowledge Knowledge, int Read);

    private sealed class Place
    {
        // not disposed: without a wait handle it holds no resource, and a waiter may still use it after the place is given up
        public SemaphoreSlim Gate { get; } = new(1);
        public volatile ClientKnowledge? Knowledge;
        public long LastUse;

        /// <summary>Rows read since the pack was written; changed inside the gate.</summary>
        public int Read;
        public volatile IndexRebuild? Rebuild;
        public Task Rebuilding = Task.CompletedTask;
    }
}
