using System.Collections.Concurrent;
using System.Collections.Frozen;
using TenantPortal.Domain.Search;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>All that one client's readers can find, at one generation; a class's snapshot is built when the class first searches, on what the one before knew.</summary>
public sealed class ClientKnowledge(long generation, IEnumerable<IndexedGuide> guides, Synonyms synonyms, IReadOnlyList<UnreadGuide> unread)
{
    // training uses a core for as long as it takes: one at a time leaves the others to people
    private static readonly SemaphoreSlim OneTraining = new(1);
    private readonly ConcurrentDictionary<ReaderClass, Lazy<SearchSnapshot>> snapshots = new();
    private readonly ConcurrentDictionary<ReaderClass, SearchSnapshot> before = new();
    private readonly Dictionary<string, List<IndexedGuide>> replaced = ReplacedBy(guides);

    public long Generation { get; } = generation;
    public FrozenDictionary<Guid, IndexedGuide> Guides { get; } = guides.ToFrozenDictionary(g => g.RunbookId);

    /// <summary>Guides that stand in the database and could not be analysed.</summary>
    public IReadOnlyList<UnreadGuide> Unread { get; } = unread;

    /// <summary>What the snapshots made so far take of memory.</summary>
    public long Bytes => snapshots.Values.Where(made => made.IsValueCreated).Sum(made => made.Value.Bytes);

    /// <summary>The classes of readers that have searched since the index was made.</summary>
    public IEnumerable<ReaderClass> Searched => snapshots.Where(made => made.Value.IsValueCreated).Select(made => made.Key);

    public IEnumerable<IndexedGuide> For(ReaderClass reader) => Guides.Values.Where(g => g.IsFor(reader)).OrderBy(g => g.Title, StringComparer.OrdinalIgnoreCase).ThenBy(g => g.RunbookId);

    /// <summary>The guide that this reader should read instead; null where none replaces it.</summary>
    public IndexedGuide? Successor(IndexedGuide guide, ReaderClass reader) => replaced.TryGetValue(guide.Slug, out var successors) ? successors.Find(s => s.RunbookId != guide.RunbookId && s.IsFor(reader)) : null;

    public SearchSnapshot Snapshot(ReaderClass reader) => snapshots.GetOrAdd(reader, r => new(() => Made(r))).Value;

    // by the slug of what they replace
    private static Dictionary<string, List<IndexedGuide>> ReplacedBy(IEnumerable<IndexedGuide> guides) => guides.SelectMany(guide => guide.Supersedes.Select(slug => (slug, guide))).GroupBy(pair => pair.slug, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(pair => pair.guide).OrderByDescending(guide => guide.PublishedAt).ToList(), StringComparer.Ordinal);

    /// <summary>The next generation: guides that did not change keep their analysis, and what was learned of them.</summary>
    public ClientKnowledge Next(long next, IReadOnlyCollection<Guid> gone, IReadOnlyCollection<IndexedGuide> changed, Synonyms synonyms, IReadOnlyList<UnreadGuide> unread)
    {
        var knowledge = new ClientKnowledge(next, Guides.Values.Where(g => !gone.Contains(g.RunbookId) && changed.All(c => c.RunbookId != g.RunbookId)).Concat(changed), synonyms,
            [.. Unread.Where(u => !gone.Contains(u.RunbookId) && changed.All(c => c.RunbookId != u.RunbookId) && unread.All(n => n.RunbookId != u.RunbookId)), .. unread]);
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
