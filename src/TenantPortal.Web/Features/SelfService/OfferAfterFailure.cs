using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>A minute after a report was sent: offers its guide or hands it over, should the program have failed between its ticket and its offer.</summary>
public sealed class OfferAfterFailure(PortalDb db, OfferGuide offer) : IJobHandler
{
    public string Kind => NewTicket.OfferJob;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var id = new Domain.Tickets.TicketId(job.RefId!.Value);
        if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id && t.IsOpen, cancel) is { } ticket) await offer.RunAsync(ticket, cancel);
    }
}
