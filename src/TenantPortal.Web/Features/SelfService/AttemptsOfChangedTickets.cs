using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Keeps attempts true to their ticket: reopened means that the guide had only seemed to work, resolved by somebody else ends a guide that still runs.</summary>
public sealed class AttemptsOfChangedTickets(PortalDb db, ChangeTicket change) : IEventListener
{
    public async Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel)
    {
        if (events.Any(e => e.Kind == TicketEventKind.Reopened)) await ReopenAsync(ticket, events.Last(e => e.Kind == TicketEventKind.Reopened).At, cancel);
        if (!ticket.IsOpen && events.Any(e => e.Kind == TicketEventKind.Resolved)) await EndAsync(ticket, cancel);
    }

    // only what ended before the reopening: a guide may be confirmed again after it
    private async Task ReopenAsync(Ticket ticket, DateTimeOffset reopenedAt, CancellationToken cancel)
    {
        var attempts = await db.Attempts.Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id && a.EndedAt < reopenedAt).ToListAsync(cancel);
        foreach (var attempt in attempts) AttemptEngine.Reopen(attempt);
        await db.SaveChangesAsync(cancel);
    }

    private async Task EndAsync(Ticket ticket, CancellationToken cancel)
    {
        var attempt = await db.Attempts.FirstOrDefaultAsync(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id && a.Outcome == AttemptOutcome.Running, cancel);
        if (attempt is null) return;
        await change.RunAsync(ticket.TenantId, ticket.Id, (current, now) =>
        {
            AttemptConsequences.Abandon(current, attempt, "resolved meanwhile", GuideOffers.Machine, now);
            return null;
        }, cancel);
    }
}
