#pragma warning disable RS0030 // raw SQL: reads that share a round trip
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

public static class DraftRows
{
    /// <summary>The contact's draft, and whether she searched or opened a guide since the moment without a ticket that came of it.</summary>
    public static (List<ReportDraft> Drafts, List<bool> HasTrail) AddDraft(this PageReads reads, TenantId client, ContactId contact, Guid id, DateTimeOffset since) => (
        reads.Add<ReportDraft>("where r.tenant_id = $1 and r.contact_id = $2 and r.id = $3", reads.In(client), Of(contact.Value), Of(id)),
        reads.Add("""
            select exists (select from search_log s where s.tenant_id = $1 and s.person_id = $2 and s.at >= $3 and s.ticket_id is null)
              or exists (select from guide_event e where e.tenant_id = $1 and e.contact_id = $2 and e.at >= $3 and e.ticket_id is null)
            """, r => r.GetBoolean(0), reads.In(client), Of(contact.Value), Of(since.ToUniversalTime())));
}
