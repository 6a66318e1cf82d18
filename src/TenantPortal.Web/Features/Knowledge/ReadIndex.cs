using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What is known about one client's index.</summary>
public sealed record IndexState
{
    public required long Generation { get; init; }
    public required DateTimeOffset? LastPublishAt { get; init; }
    public required IReadOnlyList<(ReaderClass Reader, int Guides)> Classes { get; init; }
    /// <summary>Solved tickets whose words its guides learned.</summary>
    public required int Lessons { get; init; }
    public required long Bytes { get; init; }
    public required IReadOnlyList<(UnreadGuide Guide, string Slug)> Unread { get; init; }
    public required IReadOnlyList<GlossaryTerm> Glossary { get; init; }
    public required IndexRebuild? Rebuild { get; init; }
    public required IReadOnlyList<ReadWord> Preview { get; init; }
}

/// <summary>Looks at a client's index as it answers now.</summary>
public sealed class ReadIndex(PortalDb db, Snapshots snapshots)
{
    private const int LongestPreview = 2000;

    /// <param name="text">What to show the analysis of, by the words that an engineer of the third tier can find.</param>
    public async Task<IndexState> RunAsync(TenantId client, string? text, CancellationToken cancel)
    {
        var knowledge = await snapshots.GetAsync(client, await db.GenerationAsync(client, cancel), db, cancel);
        var preview = string.IsNullOrWhiteSpace(text) ? [] : knowledge.Snapshot(ReaderClass.Tier3).Preview(text.Length > LongestPreview ? text[..LongestPreview] : text);
        var unread = knowledge.Unread.Select(u => u.RunbookId).ToList();
        var slugs = unread.Count == 0 ? [] : await db.Published.Where(p => p.TenantId == client && unread.Contains(p.RunbookId)).Select(p => new { p.RunbookId, p.Slug }).ToDictionaryAsync(p => p.RunbookId, p => p.Slug, cancel);
        return new()
        {
            Generation = knowledge.Generation,
            LastPublishAt = await db.Published.Where(p => p.TenantId == client).MaxAsync(p => (DateTimeOffset?)p.PublishedAt, cancel),
            Classes = [.. Enum.GetValues<ReaderClass>().Select(reader => (reader, knowledge.Guides.Values.Count(g => g.IsFor(reader))))],
            Lessons = knowledge.Guides.Values.Sum(g => g.Lessons),
            Bytes = knowledge.Bytes,
            Unread = [.. knowledge.Unread.Select(u => (u, slugs.GetValueOrDefault(u.RunbookId, "")))],
            Glossary = await db.Glossary.AsNoTracking().Where(g => g.TenantId == client).OrderBy(g => g.Pack != null).ThenBy(g => g.Term).ToListAsync(cancel),
            Rebuild = snapshots.RebuildOf(client),
            Preview = preview,
        };
    }
}
