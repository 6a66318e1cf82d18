using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Right after a ticket was opened: offers the guide that fits, or hands the ticket to a person. For a P1 the person comes first.</summary>
public sealed class OfferGuide(PortalDb db, GuideOffers offers, ChangeTicket change)
{
    /// <summary>The slug of the guide that is being offered, or null; for a form that was sent twice, the first answer again.</summary>
    public async Task<string?> RunAsync(Ticket ticket, CancellationToken cancel)
    {
        var decided = await db.Decisions.AsNoTracking().AnyAsync(d => d.TenantId == ticket.TenantId && d.TicketId == ticket.Id.Value && d.Kind == "guide-offer", cancel);
        if (!decided)
        {
            var offer = await offers.PrepareAsync(ticket, cancel);
            await change.RunAsync(ticket.TenantId, ticket.Id, (current, now) =>
            {
                // the same form came twice at once, and the other was quicker
                if (!current.IsOpen || current.IsTryingGuide || current.HandedOffAt is not null) return null;
                if (current.Priority == Priority.P1) GuideOffers.HandOver(current, "It is urgent: a person is told at once, a guide is only offered beside that.", GuideOffers.Machine, now);
                offers.Make(current, offer, now);
                return null;
            }, cancel);
        }
        return await (from attempt in db.Attempts.AsNoTracking()
                      join guide in db.Published on new { attempt.TenantId, attempt.RunbookId } equals new { guide.TenantId, guide.RunbookId }
                      where attempt.TenantId == ticket.TenantId && attempt.TicketId == ticket.Id && attempt.Outcome == Domain.SelfService.AttemptOutcome.Running
                      select guide.Slug).FirstOrDefaultAsync(cancel);
    }
}
