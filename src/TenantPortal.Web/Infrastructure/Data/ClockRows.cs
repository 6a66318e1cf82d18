#pragma warning disable RS0030 // raw SQL: what explains a ticket's clocks in one round trip
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A ticket with its contact and the events that its clocks hear, oldest first.</summary>
public sealed record ClockRows(Ticket Ticket, Contact Contact, IReadOnlyList<TicketEvent> Events)
{
    // far more than any ticket has; a bound for what one page may cost
    private const int MostEvents = 5_000;
    private static readonly string[] Heard = [.. TicketRounds.Kinds.Append(TicketEventKind.VerdictGiven).Select(k => k.ToString())];

    /// <summary>Null when the client has no such ticket within the scope.</summary>
    public static async Task<ClockRows?> ReadAsync(PageReads reads, TenantId client, int number, CancellationToken cancel)
    {
        var tickets = reads.Add<Ticket>("where r.tenant_id = $1 and r.number = $2", reads.In(client), Of(number));
        var contacts = reads.Add<Contact>("join ticket t on t.tenant_id = r.tenant_id and t.contact_id = r.id where t.tenant_id = $1 and t.number = $2", reads.In(client), Of(number));
        var events = reads.Add<TicketEvent>(
            $"where r.tenant_id = $1 and r.ticket_id = (select id from ticket where tenant_id = $1 and number = $2) and r.kind = any($3) order by r.id desc limit {MostEvents}", reads.In(client), Of(number), Of(Heard));
        await reads.RunAsync(cancel);
        if (tickets is not [var ticket] || contacts is not [var contact]) return null;
        events.Reverse();
        return new(ticket, contact, events);
    }
}
