using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>When a ticket is opened: offers the guide that fits, or hands the ticket to a person. For a P1 the person comes first.</summary>
public sealed class OfferGuide(PortalDb db, GuideOffers offers, ChangeTicket change, ILogger<OfferGuide> log)
{
    /// <summary>Adds the offer to the save that opens the ticket. False when no guide could be looked for: that is no reason to lose the ticket.</summary>
    public async Task<bool> AddAsync(Ticket ticket, GuideReader reader, ServiceTerms terms, CancellationToken cancel)
    {
        PreparedOffer offer;
        try { offer = await offers.PrepareFirstAsync(ticket, reader, terms, cancel); }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "No guide could be looked for while ticket {Ticket} was opened; it is tried again in a minute", ticket.Id);
            return false;
        }
        Decide(ticket, offer, ticket.OpenedAt);
        return true;
    }

    /// <summary>Right after the ticket was opened. The slug of the guide that is being offered, or null; for a form that was sent twice, the first answer again.</summary>
    public async Task<string?> RunAsync(Ticket ticket, CancellationToken cancel)
    {
        var decided = await db.Decisions.AsNoTracking().AnyAsync(d => d.TenantId == ticket.TenantId && d.TicketId == ticket.Id.Value && d.Kind == "guide-offer", cancel);
        if (!decided)
        {
            var offer = await offers.PrepareAsync(ticket, cancel);
            await change.RunAsync(ticket.TenantId, ticket.Id, (current, now) =>
            {
                // the same form came twice at once, and the other was quicker
                if (current.IsOpen && !current.IsTryingGuide && current.HandedOffAt is null) Decide(current, offer, now);
                return null;
            }, cancel);
        }
        return await (from attempt in db.Attempts.AsNoTracking()
                      join guide in db.Published on new { attempt.TenantId, attempt.RunbookId } equals new { guide.TenantId, guide.RunbookId }
                      where attempt.TenantId == ticket.TenantId && attempt.TicketId == ticket.Id && attempt.Outcome == Domain.SelfService.AttemptOutcome.Running
                      select guide.Slug).FirstOrDefaultAsync(cancel);
    }

    private void Decide(Ticket ticket, PreparedOffer offer, DateTimeOffset now)
    {
        if (ticket.Priority == Priority.P1) GuideOffers.HandOver(ticket, "It is urgent: a person is told at once, a guide is only offered beside that.", GuideOffers.Machine, now);
        offers.Make(ticket, offer, now);
    }
}
