using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Finds the client's guides for what somebody wrote, from an index that is never older than the client's last publish or withdrawal.</summary>
public sealed class SearchGuides(PortalDb db, Snapshots snapshots, RecentAnswers recent, ReaderFacts facts, TimeProvider time)
{
    /// <summary>Below this a first hit is a guess.</summary>
    public const double LeastConfidence = SearchAnswer.LeastConfidence;

    /// <summary>Below this a guide is not even shown beside others or after one that did not help.</summary>
    public const double WorthALook = 0.12;

    /// <summary>Below this a guide is not linked beside a report that is still being written: half a sentence fits nothing surely, and a link costs no time.</summary>
    public const double WorthALink = 0.02;

    private const int Near = 8;

    /// <param name="isTyping">The last word is still being typed.</param>
    public async Task<GuideAnswer> RunAsync(string? text, GuideReader reader, int take, CancellationToken cancel, bool isTyping = false)
    {
        var known = await facts.OfAsync(reader, cancel);
        var knowledge = await snapshots.GetAsync(reader.Client, known.Generation, db, cancel);
        var options = new SearchOptions { Take = take + 20, Prefix = isTyping, Prefer = Prefer(known) };
        var answer = recent.Of(knowledge.Snapshot(reader.Class), text, options);
        var hits = new List<GuideHit>();
        foreach (var (guide, share, hit) in new GuideAges(knowledge, reader.Class, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).InOrder(answer))
        {
            if (hits.Count == take) break;
            if (Values(guide, known, reader) is not { } value) continue;
            hits.Add(new(guide.RunbookId, guide.VersionHash, guide.Slug, GuideMarkers.FillText(guide.Title, value), GuideMarkers.FillText(guide.Summary, value), guide.Category, guide.Minutes, answer.Confidence * share, hit.Explain));
        }
        if (hits.Count == 0) return GuideAnswer.None(knowledge.Generation) with { Repaired = answer.Repaired, UnknownCodes = answer.UnknownCodes, IsTruncated = answer.IsTruncated, Nearest = [.. knowledge.Snapshot(reader.Class).Nearest(text, Near).Select(id => Guid.ParseExact(id, "n"))] };
        return new(hits, answer.Repaired, hits[0].Confidence < LeastConfidence, answer.UnknownCodes, knowledge.Generation) { IsTruncated = answer.IsTruncated };
    }

    /// <summary>The values of a guide for this reader; null when a required one is missing and the guide is therefore not offered.</summary>
    private static Func<string, string?>? Values(IndexedGuide guide, KnownReader known, GuideReader reader) =>
        guide.OpenVariables.Count == 0 ? _ => null : GuideValues.For(guide.OpenVariables, known.Resolver, known.Place, reader.Class).Fill;

    private static Domain.Search.AppliesTo Prefer(KnownReader known) =>
        known.Place.Device is { Os: { } os } device ? new([os], [], [device.Kind.ToString().ToLowerInvariant()]) : Domain.Search.AppliesTo.Anything;
}
