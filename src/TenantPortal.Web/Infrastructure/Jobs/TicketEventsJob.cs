using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Tells every listener what happened to a ticket from the job's first event on; one listener's failure does not silence the others.</summary>
public sealed class TicketEventsJob(PortalDb db, IEnumerable<IEventListener> listeners) : IJobHandler
{
    private static readonly Func<PortalDb, TenantId, TicketId, CancellationToken, Task<Ticket?>> Find =
        EF.CompileAsyncQuery((PortalDb db, TenantId client, TicketId id, CancellationToken cancel) => db.Tickets.AsNoTracking().FirstOrDefault(t => t.TenantId == client && t.Id == id));

    private static readonly Func<PortalDb, TenantId, TicketId, long?, IAsyncEnumerable<TicketEvent>> Since =
        EF.CompileAsyncQuery((PortalDb db, TenantId client, TicketId id, long? first) => db.Events.AsNoTracking().Where(e => e.TenantId == client && e.TicketId == id && e.Id >= first).OrderBy(e => e.Id).AsQueryable());

    public string Kind => "ticket-events";

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var id = new TicketId(job.RefId!.Value);
        var ticket = await Find(db, job.TenantId, id, cancel);
        if (ticket is null) return;
        var events = await Since(db, job.TenantId, id, job.Number).ToListAsync(cancel);
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
