using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>Lets a clock run again when the time has come that its hold was set to; a hold that was changed meanwhile has its own job.</summary>
public sealed class HoldEnds(PortalDb db, ChangeTicket change, TimeProvider time) : IJobHandler
{
    public const string JobKind = "hold-ends";
    private static readonly Actor Date = Actor.Machine("the date that was set");

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var id = new TicketId(job.RefId!.Value);
        if (await db.Tickets.AsNoTracking().Where(t => t.TenantId == job.TenantId && t.Id == id).Select(t => t.HeldUntil).FirstOrDefaultAsync(cancel) is not { } until || until > time.GetUtcNow()) return;
        await change.RunAsync(job.TenantId, id, (ticket, now) => ticket.HeldUntil is { } still && still <= now ? ticket.Resume(Date, now) : null, cancel);
    }
}
