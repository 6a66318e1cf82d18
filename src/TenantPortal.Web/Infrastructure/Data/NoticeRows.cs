#pragma warning disable RS0030 // raw SQL: EF has no insert that leaves an existing row alone
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Data;

public static class NoticeRows
{
    /// <summary>How many notices the person has not read, of all clients in scope.</summary>
    public static List<int> AddUnreadNotices(this PageReads reads, StaffId staff) =>
        reads.InScope() is { } clients
            ? reads.Add("select count(*)::integer from staff_notice where staff_id = $1 and read_at is null and tenant_id = any($2)", r => r.GetInt32(0), PageReads.Of(staff.Value), clients)
            : reads.Add("select count(*)::integer from staff_notice where staff_id = $1 and read_at is null", r => r.GetInt32(0), PageReads.Of(staff.Value));

    /// <summary>Writes notices that are not there yet, all or none: an event that is heard twice rings once.</summary>
    public static async Task AddOnceAsync(this PortalDb db, IReadOnlyList<StaffNotice> notices, CancellationToken cancel)
    {
        if (notices.Count == 0) return;
        var clients = notices.Select(n => n.TenantId.Value).ToArray();
        var ids = notices.Select(n => n.Id).ToArray();
        var staff = notices.Select(n => n.StaffId).ToArray();
        var tickets = notices.Select(n => n.TicketId.Value).ToArray();
        var kinds = notices.Select(n => n.Kind).ToArray();
        var sentences = notices.Select(n => n.Sentence).ToArray();
        var times = notices.Select(n => n.At.ToUniversalTime()).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            insert into staff_notice (tenant_id, id, staff_id, ticket_id, kind, sentence, at)
            select * from unnest({clients}, {ids}, {staff}, {tickets}, {kinds}, {sentences}, {times})
            on conflict do nothing
            """, cancel);
    }
}
