#pragma warning disable RS0030 // raw SQL: full-text ranking, which EF cannot say; row-level security narrows it
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
        // the function carries the scope's tenants as its own predicate; reading the tickets passes filter and policy once more
        var matches = await db.Database.SqlQuery<Match>($"select tenant_id as \"TenantId\", ticket_id as \"TicketId\", rank as \"Rank\" from search_tickets({words}, {Ranked}, {Most})").ToListAsync(cancel);
        if (matches.Count == 0) return [];
        List<TenantId> tenants = [.. matches.Select(m => new TenantId(m.TenantId)).Distinct()];
        List<TicketId> ids = [.. matches.Select(m => new TicketId(m.TicketId))];
        var found = await db.Tickets.AsNoTracking().Where(t => tenants.Contains(t.TenantId) && ids.Contains(t.Id))
            .Select(t => new { t.Id, Ticket = new FoundTicket(t.TenantId, t.Number, t.Subject, t.Priority, t.Status, t.OpenedAt) }).ToDictionaryAsync(t => t.Id, t => t.Ticket, cancel);
        return [.. matches.OrderByDescending(m => m.Rank).Select(m => found.GetValueOrDefault(new(m.TicketId))).OfType<FoundTicket>()];
    }

    public Task<bool> ExistsAsync(TenantId client, int number, CancellationToken cancel) => db.Tickets.AsNoTracking().AnyAsync(t => t.TenantId == client && t.Number == number, cancel);

    private sealed record Match(Guid TenantId, Guid TicketId, float Rank);
}
