using System.Collections.Concurrent;
using System.Collections.Frozen;
using TenantPortal.Domain.Search;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>All that one client's readers can find, at one generation; a class's snapshot is built when the class first searches.</summary>
public sealed class ClientKnowledge(long generation, IEnumerable<IndexedGuide> guides, Synonyms synonyms)
{
    private readonly ConcurrentDictionary<ReaderClass, Lazy<SearchSnapshot>> snapshots = new();

    public long Generation { get; } = generation;
    public FrozenDictionary<Guid, IndexedGuide> Guides { get; } = guides.ToFrozenDictionary(g => g.RunbookId);

    public IEnumerable<IndexedGuide> For(ReaderClass reader) => Guides.Values.Where(g => g.IsFor(reader)).OrderBy(g => g.Title, StringComparer.OrdinalIgnoreCase).ThenBy(g => g.RunbookId);

    public SearchSnapshot Snapshot(ReaderClass reader) => snapshots.GetOrAdd(reader, r => new(() =>
        SearchSnapshot.Build(GuideSight.Clearance(r), Guides.Values.Where(g => g.IsFor(r)).Select(g => g.Documents[r]), synonyms, Generation))).Value;

    /// <summary>The next generation: guides that did not change keep their analysis.</summary>
    public ClientKnowledge Next(long next, IReadOnlyCollection<Guid> gone, IReadOnlyCollection<IndexedGuide> changed, Synonyms synonyms) =>
        new(next, Guides.Values.Where(g => !gone.Contains(g.RunbookId) && changed.All(c => c.RunbookId != g.RunbookId)).Concat(changed), synonyms);
}
