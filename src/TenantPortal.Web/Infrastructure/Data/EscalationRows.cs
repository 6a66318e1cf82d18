#pragma warning disable RS0030 // raw SQL: what an alarm looks at, in one round trip
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A ticket without its lists, the events that its clocks hear, and what its path has done so far; oldest first.</summary>
public sealed record EscalationRows(Ticket Ticket, IReadOnlyList<TicketEvent> Events, IReadOnlyList<TakenStep> Taken, IReadOnlyList<LeadCall> Calls)
{
    private static readonly string[] Heard = [.. TicketRounds.Kinds.Select(k => k.ToString())];

    /// <summary>Null when the client has no such ticket within the scope.</summary>
    public static async Task<EscalationRows?> ReadAsync(PageReads reads, TenantId client, TicketId id, CancellationToken cancel)
    {
        var tickets = reads.Add<Ticket>("where r.tenant_id = $1 and r.id = $2", reads.In(client), Of(id.Value));
        var events = reads.Add<TicketEvent>("where r.tenant_id = $1 and r.ticket_id = $2 and r.kind = any($3) order by r.id", reads.In(client), Of(id.Value), Of(Heard));
        var taken = reads.Add<TakenStep>("where r.tenant_id = $1 and r.ticket_id = $2 order by r.decided_at, r.id", reads.In(client), Of(id.Value));
        var calls = reads.Add<LeadCall>("where r.tenant_id = $1 and r.ticket_id = $2 order by r.called_at, r.number", reads.In(client), Of(id.Value));
        await reads.RunAsync(cancel);
        return tickets is [var ticket] ? new(ticket, events, taken, calls) : null;
    }
}
