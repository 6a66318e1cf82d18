using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Tells every listener what happened to a ticket from the job's first event on; one listener's failure does not silence the others.</summary>
public sealed class TicketEventsJob(PortalDb db, IEnumerable<IEventListener> listeners) : IJobHandler
{
    public string Kind => "ticket-events";

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var id = new TicketId(job.RefId!.Value);
        var ticket = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancel);
        if (ticket is null) return;
        var events = await db.Events.AsNoTracking().Where(e => e.TicketId == id && e.Id >= job.Number).OrderBy(e => e.Id).ToListAsync(cancel);
        List<Exception> failures = [];
        foreach (var listener in listeners)
        {
            try { await listener.HearAsync(ticket, events, cancel); }
            catch (Exception e) when (!cancel.IsCancellationRequested) { failures.Add(e); }
            db.ChangeTracker.Clear();
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
