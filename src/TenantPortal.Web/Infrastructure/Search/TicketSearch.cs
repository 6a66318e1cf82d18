#pragma warning disable RS0030 // raw SQL: full-text ranking, which EF cannot say; row-level security narrows it
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Search;

public sealed record FoundTicket(TenantId TenantId, int Number, string Subject, Priority Priority, TicketStatus Status, DateTimeOffset OpenedAt);

/// <summary>Words of number, subject and messages, over the clients in scope; the newest 1,000 matches are ranked, the best 100 shown.</summary>
public sealed class TicketSearch(PortalDb db, PageReads reads, UnreadNotices unread)
{
    public const int Ranked = 1000, Most = 100;

    public async Task<IReadOnlyList<FoundTicket>> RunAsync(string words, CancellationToken cancel)
    {
        // the function carries the scope's tenants as its own predicate; reading the tickets passes the policy once more, one by one ("offset 0"): they are few, and a join would read the table
        var found = reads.Add("""
            select t.tenant_id, t.number, t.subject, t.priority, t.status, t.opened_at
            from search_tickets($1, $2, $3) m cross join lateral (select * from ticket k where k.tenant_id = m.tenant_id and k.id = m.ticket_id offset 0) t
            order by m.rank desc, m.ticket_id desc
            """, r => new FoundTicket(new(r.GetGuid(0)), r.GetInt32(1), r.GetString(2), (Priority)r.GetInt32(3), Enum.Parse<TicketStatus>(r.GetString(4)), r.GetFieldValue<DateTimeOffset>(5)), Of(words), Of(Ranked), Of(Most));
        unread.Join(reads);
        await reads.RunAsync(cancel);
        return found;
    }

    public Task<bool> ExistsAsync(TenantId client, int number, CancellationToken cancel) => db.Tickets.AsNoTracking().AnyAsync(t => t.TenantId == client && t.Number == number, cancel);
}
