using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A resolved ticket of the same client, with its fix in one line.</summary>
public sealed record SimilarTicket(TicketId Id, int Number, string Subject, DateTimeOffset ResolvedAt, string Fix, int Likeness);

/// <summary>Finds what solved the same thing before, among the newest resolved tickets of the same category or system.</summary>
public sealed class SimilarTickets(PortalDb db)
{
    private const int Newest = 80;

    public async Task<IReadOnlyList<SimilarTicket>> RunAsync(Ticket ticket, int take, CancellationToken cancel)
    {
        var (client, id, category, system) = (ticket.TenantId, ticket.Id, ticket.Category, ticket.AffectedSystem);
        var rows = await db.Tickets.AsNoTracking()
            .Where(t => t.TenantId == client && t.Status == TicketStatus.Resolved && t.Id != id && (t.Category == category || (system != null && t.AffectedSystem == system)))
            .OrderByDescending(t => t.OpenedAt).Take(Newest)
            .Select(t => new { t.Id, t.Number, t.Subject, t.Category, t.AffectedSystem, t.SiteId, t.ResolvedAt, t.Resolution }).ToListAsync(cancel);
        var likeness = new TicketLikeness(ticket.Subject, category, system, ticket.SiteId);
        return
        [
            .. rows.Where(r => r.Resolution is not null && r.ResolvedAt is not null)
                .Select(r => new SimilarTicket(r.Id, r.Number, r.Subject, r.ResolvedAt!.Value, FixOf(r.Resolution!), likeness.To(r.Subject, r.Category, r.AffectedSystem, r.SiteId)))
                .Where(s => s.Likeness >= TicketLikeness.Least).OrderByDescending(s => s.Likeness).ThenByDescending(s => s.ResolvedAt).Take(take),
        ];
    }

    private static string FixOf(Resolution resolution) =>
        CleanText.FirstLine(new[] { resolution.PermanentFix, resolution.Workaround, resolution.Summary }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "", 160);
}
