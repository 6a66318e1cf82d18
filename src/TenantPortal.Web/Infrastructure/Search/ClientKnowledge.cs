using System.Collections.Concurrent;
using System.Collections.Frozen;
using TenantPortal.Domain.Search;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>All that one client's readers can find, at one generation; a class's snapshot is built when the class first searches, on what the one before knew.</summary>
public sealed class ClientKnowledge(long generation, IEnumerable<IndexedGuide> guides, Synonyms synonyms)
{
    // training uses a core for as long as it takes: one at a time leaves the others to people
    private static readonly SemaphoreSlim OneTraining = new(1);
    private readonly ConcurrentDictionary<ReaderClass, Lazy<SearchSnapshot>> snapshots = new();
    private readonly ConcurrentDictionary<ReaderClass, SearchSnapshot> before = new();

    public long Generation { get; } = generation;
    public FrozenDictionary<Guid, IndexedGuide> Guides { get; } = guides.ToFrozenDictionary(g => g.RunbookId);

    public IEnumerable<IndexedGuide> For(ReaderClass reader) => Guides.Values.Where(g => g.IsFor(reader)).OrderBy(g => g.Title, StringComparer.OrdinalIgnoreCase).ThenBy(g => g.RunbookId);

    public SearchSnapshot Snapshot(ReaderClass reader) => snapshots.GetOrAdd(reader, r => new(() => Made(r))).Value;

    /// <summary>The next generation: guides that did not change keep their analysis, and what was learned of them.</summary>
    public ClientKnowledge Next(long next, IReadOnlyCollection<Guid> gone, IReadOnlyCollection<IndexedGuide> changed, Synonyms synonyms)
    {
        var knowledge = new ClientKnowledge(next, Guides.Values.Where(g => !gone.Contains(g.RunbookId) && changed.All(c => c.RunbookId != g.RunbookId)).Concat(changed), synonyms);
        foreach (var (reader, known) in before) knowledge.before[reader] = known;
        foreach (var (reader, made) in snapshots)
            if (made.IsValueCreated) knowledge.before[reader] = made.Value;
        return knowledge;
    }

    private SearchSnapshot Made(ReaderClass reader)
    {
        var documents = Guides.Values.Where(g => g.IsFor(reader)).Select(g => g.Documents[reader]);
        var snapshot = before.TryRemove(reader, out var known) ? known.WithAll(documents, synonyms, Generation) : SearchSnapshot.Build(GuideSight.Clearance(reader), documents, synonyms, Generation);
        if (snapshot.IsUntrained) _ = TrainAsync(reader, snapshot);
        return snapshot;
    }

    /// <summary>Takes over when it is ready; searches go on meanwhile.</summary>
    private async Task TrainAsync(ReaderClass reader, SearchSnapshot snapshot)
    {
        await OneTraining.WaitAsync();
        try { snapshots[reader] = new(await Task.Run(snapshot.Trained)); }
        finally { OneTraining.Release(); }
    }
}
