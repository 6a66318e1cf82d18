using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>The stretch of a guide that answers a search best, in pieces, of which some are the words that were met.</summary>
public sealed record GuidePassage(IReadOnlyList<(string Text, bool IsMarked)> Pieces);

/// <summary>Reads the guides that a search found for what to show of each, of nothing but the steps that this reader may see.</summary>
public sealed class FindPassages(PortalDb db, Snapshots snapshots)
{
    public async Task<IReadOnlyDictionary<Guid, GuidePassage>> RunAsync(GuideAnswer answer, string text, GuideReader reader, CancellationToken cancel)
    {
        var ids = answer.Hits.Select(hit => hit.RunbookId).ToList();
        if (ids.Count == 0) return new Dictionary<Guid, GuidePassage>();
        var snapshot = (await snapshots.GetAsync(reader.Client, answer.Generation, db, cancel)).Snapshot(reader.Class);
        var passages = new Dictionary<Guid, GuidePassage>();
        foreach (var guide in await db.Published.AsNoTracking().Where(p => p.TenantId == reader.Client && ids.Contains(p.RunbookId)).ToListAsync(cancel))
        {
            var said = Said(guide, reader);
            if (GuideSight.MayRead(reader.Class, guide) && snapshot.BestPassage(said, text) is { } passage) passages[guide.RunbookId] = new(Pieces(said, passage));
        }
        return passages;
    }

    private static string Said(PublishedRunbook guide, GuideReader reader) => GuideMarkers.Strip(string.Join('\n', [guide.Summary, .. guide.Content.Symptoms, .. GuideSight.Steps(reader.Class, guide).Select(step => step.Text), guide.Content.BodyText]));

    private static List<(string Text, bool IsMarked)> Pieces(string text, Passage passage)
    {
        var pieces = new List<(string, bool)>();
        var (at, end) = (passage.Start, passage.Start + passage.Length);
        foreach (var mark in passage.Marks.Where(mark => mark.Start >= passage.Start && mark.Start + mark.Length <= end))
        {
            if (mark.Start < at) continue;
            if (mark.Start > at) pieces.Add((text[at..mark.Start], false));
            pieces.Add((text.Substring(mark.Start, mark.Length), true));
            at = mark.Start + mark.Length;
        }
        if (at < end) pieces.Add((text[at..end], false));
        return pieces;
    }
}
