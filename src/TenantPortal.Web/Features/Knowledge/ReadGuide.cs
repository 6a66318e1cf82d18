using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Reads one guide for one reader, straight from the client's published copy, with every value filled in; null when it is not there, not for this reader, or lacks a value that it needs.</summary>
public sealed class ReadGuide(PortalDb db, PageReads reads, Snapshots snapshots, ReaderFacts facts, RecentGuides recent, ClientDirectory clients, TimeProvider time)
{
    public async Task<ReadableGuide?> RunAsync(string runbookIdOrSlug, GuideReader reader, CancellationToken cancel)
    {
        if (Guid.TryParse(runbookIdOrSlug, out var id)) return await RunAsync(id, reader, cancel);
        var guide = await db.Published.AsNoTracking().FirstOrDefaultAsync(p => p.TenantId == reader.Client && p.Slug == runbookIdOrSlug, cancel);
        return guide is null ? null : await ReadAsync(guide, reader, cancel);
    }

    public async Task<ReadableGuide?> RunAsync(Guid runbookId, GuideReader reader, CancellationToken cancel)
    {
        // whoever has just searched knows which generation is the present one
        if (facts.Read(reader) is { } known && recent.Knows(reader.Client, runbookId, known.Generation, out var kept)) return kept is null ? null : await ReadAsync(kept, reader, cancel);
        // the generation first: a guide that is newer than it does no harm, one that is older would be kept too long
        facts.Ask(reader);
        var guides = reads.AddPublished(reader.Client, runbookId);
        await reads.RunAsync(cancel);
        var guide = guides is [var published] ? published : null;
        recent.Keep(reader.Client, runbookId, (await facts.OfAsync(reader, cancel)).Generation, guide);
        return guide is null ? null : await ReadAsync(guide, reader, cancel);
    }

    private async Task<ReadableGuide?> ReadAsync(PublishedRunbook guide, GuideReader reader, CancellationToken cancel)
    {
        if (!GuideSight.MayRead(reader.Class, guide)) return null;
        var known = await facts.OfAsync(reader, cancel);
        var values = GuideValues.For(guide.Content.OpenVariables, known.Resolver, known.Place, reader.Class);
        if (values.Fill is not { } value) return null;
        var fill = new GuideFilling(value, MediaRoot(reader));
        var steps = Steps(GuideSight.Steps(reader.Class, guide), guide.Content.AppliesTo, known.Place.Device);
        var visible = steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var content = guide.Content;
        var readable = new ReadableGuide
        {
            Client = guide.TenantId, RunbookId = guide.RunbookId, VersionHash = guide.VersionHash, Slug = guide.Slug, Title = fill.Line(guide.Title), Summary = fill.Line(guide.Summary),
            Category = guide.Category, MinTier = guide.MinTier, Kind = content.Kind, Minutes = content.Minutes, AppliesTo = content.AppliesTo,
            IntroductionHtml = fill.Html(content.IntroductionHtml), CauseHtml = content.CauseHtml is { } cause ? fill.Html(cause) : null,
            Symptoms = fill.Lines(content.Symptoms), Prerequisites = fill.Lines(content.Prerequisites), Success = fill.Lines(content.Success),
            Steps = [.. steps.Select(s => fill.Step(s, visible))],
            Successor = await SuccessorAsync(guide.RunbookId, reader, known, cancel),
            OverdueSince = content.ReviewBy is { } due && due < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) ? due : null,
            Sources = content.Sources, Related = await RelatedAsync(content.Related, reader, known, cancel),
            ApprovedBy = guide.ApprovedBy, ApprovedAt = guide.ApprovedAt, Missing = values.Missing,
        };
        return fill.IsUnfit ? null : readable;
    }

    // steps for another system are left out where the person's device is known and the guide is about it
    private static List<PublishedStep> Steps(IReadOnlyList<PublishedStep> steps, AppliesTo guide, Device? device)
    {
        if (device?.Os is not { } os || !Meets(guide.Os, os)) return [.. steps];
        var kind = device.Kind.ToString().ToLowerInvariant();
        var fitting = steps.Where(s => Meets(s.AppliesTo.Os, os) && Meets(s.AppliesTo.Device, kind)).ToList();
        return fitting.Count > 0 ? fitting : [.. steps];
    }

    private static bool Meets(IReadOnlyList<string> wanted, string has) => wanted.Count == 0 || wanted.Contains(has, StringComparer.OrdinalIgnoreCase);

    private string MediaRoot(GuideReader reader)
    {
        var client = clients.ById(reader.Client)!;
        return GuideSight.IsStaff(reader.Class) ? $"/desk/guides/{client.TicketPrefix}/media/" : $"/c/{client.Slug}/media/";
    }

    private async Task<RelatedGuide?> SuccessorAsync(Guid runbook, GuideReader reader, KnownReader known, CancellationToken cancel)
    {
        var knowledge = await snapshots.GetAsync(reader.Client, known.Generation, db, cancel);
        if (!knowledge.Guides.TryGetValue(runbook, out var guide) || knowledge.Successor(guide, reader.Class) is not { } successor) return null;
        return GuideValues.For(successor.OpenVariables, known.Resolver, known.Place, reader.Class).Fill is { } fill ? new(successor.Slug, GuideMarkers.FillText(successor.Title, fill)) : null;
    }

    private async Task<List<RelatedGuide>> RelatedAsync(IReadOnlyList<string> slugs, GuideReader reader, KnownReader known, CancellationToken cancel)
    {
        if (slugs.Count == 0) return [];
        var knowledge = await snapshots.GetAsync(reader.Client, known.Generation, db, cancel);
        var related = knowledge.For(reader.Class).Where(g => slugs.Contains(g.Slug)).OrderBy(g => slugs.ToList().IndexOf(g.Slug));
        return [.. related.Select(g => (Guide: g, GuideValues.For(g.OpenVariables, known.Resolver, known.Place, reader.Class).Fill)).Where(g => g.Fill is not null).Select(g => new RelatedGuide(g.Guide.Slug, GuideMarkers.FillText(g.Guide.Title, g.Fill!)))];
    }
}
