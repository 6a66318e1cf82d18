using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Readiness;

/// <summary>Rules that live in heads: tickets of one category that people sorted anew by hand, where no clause speaks.</summary>
/// <param name="Example">What somebody gave as the reason.</param>
public sealed record HandCorrection(string Category, int Tickets, string Example);

/// <summary>Measures a client's desk over the last 90 days, of its newest 5,000 tickets.</summary>
public sealed class MeasureDesk(PortalDb db, TimeProvider time)
{
    public const int Days = 90;
    private const int MostTickets = 5_000;

    public async Task<DeskFigures> RunAsync(TenantId client, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var tickets = await Newest(client, now).Select(t => new { t.OpenedAt, t.FirstReplyAt, t.ReopenCount, Late = t.Targets.Any(g => g.TenantId == client && g.Kind == "Response" && ((g.MetAt != null && g.MetAt > g.DueAt) || (g.MetAt == null && g.DueAt < now))) }).ToListAsync(cancel);
        var minutes = tickets.Where(t => t.FirstReplyAt is not null).Select(t => (int)(t.FirstReplyAt!.Value - t.OpenedAt).TotalMinutes).Order().ToList();
        var ids = Newest(client, now).Select(t => t.Id);
        var bounced = await db.Events.AsNoTracking().Where(e => e.TenantId == client && ids.Contains(e.TicketId) && (e.Kind == TicketEventKind.Assigned || e.Kind == TicketEventKind.Taken)).GroupBy(e => e.TicketId).CountAsync(g => g.Count() > 1, cancel);
        var corrected = await Corrections(client, now).Select(e => e.TicketId).Distinct().CountAsync(cancel);
        return new(now.AddDays(-Days), now, tickets.Count, minutes.Count == 0 ? 0 : minutes[minutes.Count / 2], tickets.Count(t => t.Late), bounced, corrected, tickets.Count(t => t.ReopenCount > 0));
    }

    public async Task<IReadOnlyList<HandCorrection>> CorrectionsAsync(TenantId client, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var ids = Newest(client, now).Select(t => t.Id);
        var judged = await Corrections(client, now).Join(db.Tickets.Where(t => t.TenantId == client), e => e.TicketId, t => t.Id, (e, t) => new { t.Id, t.Category, e.Detail }).ToListAsync(cancel);
        var moved = await db.Events.AsNoTracking().Where(e => e.TenantId == client && ids.Contains(e.TicketId) && e.Kind == TicketEventKind.Assigned).Join(db.Tickets.Where(t => t.TenantId == client), e => e.TicketId, t => t.Id, (e, t) => new { t.Id, t.Category, e.Detail }).ToListAsync(cancel);
        return
        [
            .. judged.Where(j => !j.Detail.ContainsKey("clause")).Select(j => (j.Id, j.Category, Why: j.Detail.GetValueOrDefault("why", "")))
                .Concat(moved.Where(m => m.Detail.GetValueOrDefault("reason") == nameof(AssignReason.WrongQueue)).Select(m => (m.Id, m.Category, Why: ""))).GroupBy(c => c.Category)
                .Select(g => new HandCorrection(g.Key, g.Select(c => c.Id).Distinct().Count(), g.Select(c => c.Why).FirstOrDefault(w => w.Length > 0) ?? "")).OrderByDescending(c => c.Tickets).ThenBy(c => c.Category, StringComparer.Ordinal).Take(20),
        ];
    }

    private IQueryable<Ticket> Newest(TenantId client, DateTimeOffset now) => db.Tickets.AsNoTracking().Where(t => t.TenantId == client && t.OpenedAt >= now.AddDays(-Days)).OrderByDescending(t => t.OpenedAt).Take(MostTickets);

    private IQueryable<TicketEvent> Corrections(TenantId client, DateTimeOffset now)
    {
        var ids = Newest(client, now).Select(t => t.Id);
        return db.Events.AsNoTracking().Where(e => e.TenantId == client && ids.Contains(e.TicketId) && e.Kind == TicketEventKind.VerdictGiven && e.ActorKind == ActorKind.Staff);
    }
}
