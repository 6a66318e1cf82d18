using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>After a clause, a calendar or a contract changed: reads the clocks of the client's open tickets again from their events. Another run changes nothing more.</summary>
public sealed class ClocksAgain(PortalDb db, ClientProfiles profiles, OnCallDirectory directory, TimeProvider time) : IJobHandler
{
    public const string JobKind = "clocks-again";
    private const int AtOnce = 100, MostTries = 5;

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        // the change is committed, and its signal may still be on its way
        await directory.RefreshAsync(cancel);
        profiles.Forget(job.TenantId);
        var now = time.GetUtcNow();
        for (var (number, tries) = (0, 0); ;)
        {
            var tickets = await db.Tickets.Include(t => t.Targets).Where(t => t.TenantId == job.TenantId && t.IsOpen && t.Number > number).OrderBy(t => t.Number).Take(AtOnce).ToListAsync(cancel);
            if (tickets.Count == 0) break;
            var ids = tickets.ConvertAll(t => t.Id);
            var events = (await db.Events.AsNoTracking().Where(e => e.TenantId == job.TenantId && ids.Contains(e.TicketId) && TicketRounds.Kinds.Contains(e.Kind)).OrderBy(e => e.Id).ToListAsync(cancel)).ToLookup(e => e.TicketId);
            // by the day of their opening, so that each contract is read once
            foreach (var ticket in tickets.OrderBy(t => t.OpenedAt)) TicketClocks.Refresh(ticket, [.. events[ticket.Id]], (await profiles.OfAsync(job.TenantId, db, ticket.OpenedAt, cancel)).Terms, now);
            try
            {
                await db.SaveChangesAsync(cancel);
                (number, tries) = (tickets[^1].Number, 0);
            }
            // somebody changed one of them at the same moment: these are read once more
            catch (DbUpdateConcurrencyException) when (++tries < MostTries) { }
            db.ChangeTracker.Clear();
        }
        await db.RingAllAsync(job.TenantId, now, cancel);
    }
}
