using TenantPortal.Domain.Search;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A resolved ticket of the same client, with its fix in one line.</summary>
public sealed record SimilarTicket(TicketId Id, int Number, string Subject, DateTimeOffset ResolvedAt, string Fix)
{
    // of the best one's score: what shares only an everyday word with the ticket lies far below
    private const double LeastShare = 0.5;

    /// <summary>What solved the same thing before, the likest first, found as guides are found; the index is made of these tickets alone and forgotten with the page.</summary>
    public static IReadOnlyList<SimilarTicket> To(Ticket ticket, IReadOnlyList<ResolvedTicket> resolved, int take)
    {
        if (resolved.Count == 0) return [];
        var byId = resolved.ToDictionary(r => r.Id.Value.ToString());
        byId.Remove(ticket.Id.Value.ToString());
        var forms = new WordForms();
        var past = SearchSnapshot.Once(Clearance.Tier3, byId.Select(r => AnalysedDocument.Of(DocumentOf(r.Key, r.Value), forms)), Synonyms.None);
        var hits = past.Search($"{ticket.Subject} {ticket.AffectedSystem}", new() { Take = take, Prefer = AppliesTo(ticket.AffectedSystem) }).Hits;
        return [.. hits.Where(hit => hit.Score >= hits[0].Score * LeastShare).Select(hit => byId[hit.Id]).Select(r => new SimilarTicket(r.Id, r.Number, r.Subject, r.ResolvedAt, FixOf(r.Resolution)))];
    }

    private static SearchDocument DocumentOf(string id, ResolvedTicket past) => new() { Id = id, Title = past.Subject, Symptoms = past.AffectedSystem is { } system ? [system] : [], Audience = Audience.Staff, AppliesTo = AppliesTo(past.AffectedSystem) };

    private static AppliesTo AppliesTo(string? system) => system is null ? Domain.Search.AppliesTo.Anything : new([system], [], []);

    private static string FixOf(Resolution resolution) =>
        CleanText.FirstLine(new[] { resolution.PermanentFix, resolution.Workaround, resolution.Summary }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "", 160);
}
