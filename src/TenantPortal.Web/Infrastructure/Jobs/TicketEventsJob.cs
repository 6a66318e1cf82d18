using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Tells every listener what happened to a ticket from the job's first event on; one listener's failure does not silence the others.</summary>
public sealed class TicketEventsJob(PortalDb db, PageReads reads, IEnumerable<IEventListener> listeners) : IJobHandler
{
    public string Kind => "ticket-events";

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        // a job whose end was lost runs again, and whatever a listener wrote before that end is lost with it or not at all
        db.Scope.IsWrittenAgain = true;
        var (tickets, events) = reads.AddTicketEvents(job.TenantId, new(job.RefId!.Value), job.Number!.Value);
        await reads.RunAsync(cancel);
        if (tickets is not [var ticket]) return;
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
