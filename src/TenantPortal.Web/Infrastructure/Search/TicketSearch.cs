using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Search;

public sealed record FoundTicket(TenantId TenantId, int Number, string Subject, Priority Priority, TicketStatus Status, DateTimeOffset OpenedAt);

/// <summary>Words of number, subject and messages, over the clients in scope; the newest 1,000 matches are ranked, the best 100 shown.</summary>
public sealed class TicketSearch(PortalDb db)
{
    public const int Ranked = 1000, Most = 100;

    public async Task<IReadOnlyList<FoundTicket>> RunAsync(string words, CancellationToken cancel)
    {
        // the function carries the scope's tenants as its own predicate; the join to ticket passes filter and policy once more
        var found = await db.Database.SqlQuery<Match>($"select tenant_id as \"TenantId\", ticket_id as \"TicketId\", rank as \"Rank\" from search_tickets({words}, {Ranked}, {Most})")
            .Join(db.Tickets.AsNoTracking(), m => new { m.TenantId, Id = m.TicketId }, t => new { t.TenantId, t.Id }, (m, t) => new { m.Rank, Ticket = new FoundTicket(t.TenantId, t.Number, t.Subject, t.Priority, t.Status, t.OpenedAt) })
            .OrderByDescending(m => m.Rank).ThenByDescending(m => m.Ticket.OpenedAt).ToListAsync(cancel);
        return [.. found.Select(m => m.Ticket)];
    }

    public Task<bool> ExistsAsync(TenantId client, int number, CancellationToken cancel) => db.Tickets.AsNoTracking().AnyAsync(t => t.TenantId == client && t.Number == number, cancel);

    private sealed record Match(TenantId TenantId, TicketId TicketId, float Rank);
}
