using System.Text.Json;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>The guide chosen for a ticket with the way through it, or the reason why none was; and what the choice was made from.</summary>
public sealed record ChosenGuide(GuideChoice Choice, GuidePath? Path, IReadOnlyList<GuideCandidate> Candidates, IReadOnlySet<Guid> Tried, IReadOnlyList<Guid> Unreadable, long Generation)
{
    /// <summary>The report is named by its ticket, not copied: a person's words stay in one place.</summary>
    public DecisionRecord Record(Ticket ticket, DateTimeOffset now) => new()
    {
        TenantId = ticket.TenantId,
        TicketId = ticket.Id.Value,
        Kind = "guide-offer",
        At = now,
        Inputs = JsonSerializer.Serialize(new { read = "subject, message 1, error, codes", risks = ticket.RiskTags, tried = Tried, generation = Generation, leastConfidence = SearchGuides.LeastConfidence, leastConfirmed = SearchGuides.WorthALook, category = ticket.Category, unreadable = Unreadable, prefers = ticket.Verdict?.Clause is null ? null : ticket.Category }, ColumnTypes.JsonOptions),
        Output = JsonSerializer.Serialize(new { chosen = Path is null ? null : Choice.Chosen?.Slug, version = Path?.VersionHash, reason = Choice.Reason, candidates = Candidates }, ColumnTypes.JsonOptions),
    };
}

/// <summary>Finds the guide that fits a ticket best among those its contact may read and has not tried.</summary>
public sealed class ChooseGuide(SearchGuides search, GuidePaths paths)
{
    private const int Considered = 8;

    public async Task<ChosenGuide> RunAsync(Ticket ticket, GuideReader reader, TicketWords words, IReadOnlySet<Guid> tried, CancellationToken cancel)
    {
        var answer = await search.RunAsync(words.Text, reader, Considered, cancel);
        var candidates = answer.Hits.Select(hit => new GuideCandidate(hit.RunbookId, hit.Slug, hit.Title, hit.Category, hit.Confidence)).ToList();
        // a clause names the system for certain, so a guide about it goes before one that shares more words
        var readable = ticket.Verdict?.Clause is null ? [.. candidates] : candidates.OrderByDescending(c => c.Category == ticket.Category && c.Confidence >= SearchGuides.WorthALook).ToList();
        var bar = new OfferBar(SearchGuides.LeastConfidence, SearchGuides.WorthALook, ticket.Category);
        var unreadable = new List<Guid>();
        while (true)
        {
            var choice = GuideChoice.Of(readable, tried, ticket.RiskTags, bar);
            if (choice.Chosen is not { } chosen) return new(choice, null, candidates, tried, unreadable, answer.Generation);
            if (await paths.ForOfferAsync(ticket, chosen.RunbookId, reader, words.App, cancel) is { } path) return new(choice, path, candidates, tried, unreadable, answer.Generation);
            readable.Remove(chosen);
            unreadable.Add(chosen.RunbookId);
        }
    }
}
