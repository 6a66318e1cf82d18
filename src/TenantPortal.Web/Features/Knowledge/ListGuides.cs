using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>A guide in a list.</summary>
public sealed record ListedGuide(Guid RunbookId, string Slug, string Title, string Summary, string Category, int Minutes);

/// <summary>The guides under one heading of the client's topics; an empty name holds what has no topic.</summary>
public sealed record GuideTopic(string Name, IReadOnlyList<ListedGuide> Guides);

/// <summary>Everything one reader can open, by topic.</summary>
public sealed class ListGuides(PortalDb db, Snapshots snapshots, ReaderFacts facts)
{
    public async Task<IReadOnlyList<GuideTopic>> RunAsync(GuideReader reader, CancellationToken cancel)
    {
        var (resolver, place, generation) = await facts.OfAsync(reader, cancel);
        var knowledge = await snapshots.GetAsync(reader.Client, generation, db, cancel);
        var rules = await db.TriageRules.AsNoTracking().Where(r => r.TenantId == reader.Client && r.IsActive).OrderByDescending(r => r.CreatedAt).FirstOrDefaultAsync(cancel);
        var topics = rules?.Rules.Categories.GroupBy(c => c.Id).ToDictionary(c => c.Key, c => c.First().Topic, StringComparer.Ordinal) ?? [];
        var guides = knowledge.For(reader.Class).Select(g => (Guide: g, GuideValues.For(g.OpenVariables, resolver, place, reader.Class).Fill)).Where(g => g.Fill is not null)
            .Select(g => new ListedGuide(g.Guide.RunbookId, g.Guide.Slug, GuideMarkers.FillText(g.Guide.Title, g.Fill!), GuideMarkers.FillText(g.Guide.Summary, g.Fill!), g.Guide.Category, g.Guide.Minutes));
        return [.. guides.GroupBy(g => topics.GetValueOrDefault(g.Category, "")).OrderBy(t => t.Key.Length == 0).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => new GuideTopic(t.Key, [.. t]))];
    }
}
