using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A resolved ticket of the same client, with its fix in one line.</summary>
public sealed record SimilarTicket(TicketId Id, int Number, string Subject, DateTimeOffset ResolvedAt, string Fix, int Likeness)
{
    /// <summary>What solved the same thing before, the likest first; what is only somewhat alike is left out.</summary>
    public static IReadOnlyList<SimilarTicket> To(Ticket ticket, IReadOnlyList<ResolvedTicket> resolved, int take)
    {
        var likeness = new TicketLikeness(ticket.Subject, ticket.Category, ticket.AffectedSystem, ticket.SiteId);
        return
        [
            .. resolved.Select(r => new SimilarTicket(r.Id, r.Number, r.Subject, r.ResolvedAt, FixOf(r.Resolution), likeness.To(r.Subject, r.Category, r.AffectedSystem, r.SiteId)))
                .Where(s => s.Likeness >= TicketLikeness.Least).OrderByDescending(s => s.Likeness).ThenByDescending(s => s.ResolvedAt).Take(take),
        ];
    }

    private static string FixOf(Resolution resolution) =>
        CleanText.FirstLine(new[] { resolution.PermanentFix, resolution.Workaround, resolution.Summary }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "", 160);
}
