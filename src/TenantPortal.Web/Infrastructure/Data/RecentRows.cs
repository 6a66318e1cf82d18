#pragma warning disable RS0030 // raw SQL: reads that share a round trip
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A ticket of the last days as a verdict counts it.</summary>
public sealed record RecentRow(TicketId Id, int Number, DateTimeOffset OpenedAt, ContactId ContactId, SiteId? SiteId, string Category, string? AffectedSystem);

public static class RecentRows
{
    /// <summary>Between the two moments, the newest tickets of the contact, and those of the site that name a system: so many of each at most.</summary>
    public static List<RecentRow> AddRecent(this PageReads reads, TenantId client, ContactId contact, SiteId? site, DateTimeOffset from, DateTimeOffset to, int most) => reads.Add("""
        (select id, number, opened_at, contact_id, site_id, category, affected_system from ticket
          where tenant_id = $1 and contact_id = $2 and opened_at >= $4 and opened_at <= $5 order by opened_at desc limit $6)
        union
        (select id, number, opened_at, contact_id, site_id, category, affected_system from ticket
          where tenant_id = $1 and site_id = $3::uuid and affected_system is not null and opened_at >= $4 and opened_at <= $5 order by opened_at desc limit $6)
        order by opened_at desc
        """,
        r => new RecentRow(new(r.GetGuid(0)), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2), new(r.GetGuid(3)), r.IsDBNull(4) ? null : new SiteId(r.GetGuid(4)), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6)),
        reads.In(client), Of(contact.Value), OfNullable(site?.Value), Of(from.ToUniversalTime()), Of(to.ToUniversalTime()), Of(most));
}
