#pragma warning disable RS0030 // raw SQL: rows that are waited for, or passed over, by their lock
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>The alarm of one ticket inside a transaction. Whoever holds its row is the only one who looks at the ticket; when the process dies, its row is free again at once.</summary>
public static class AlarmRows
{
    private const string Taken = "insert into alarm as a (tenant_id, ticket_id, due_at) values ($1, $2, $3) on conflict (tenant_id, ticket_id) do update set due_at = a.due_at returning true";
    private const string Due = "select true from alarm where tenant_id = $1 and ticket_id = $2 and due_at <= $3 for update skip locked";

    /// <summary>Takes the ticket's alarm, making it where there is none, and waits for whoever has it.</summary>
    public static Task TakeAlarmAsync(this PortalDb db, TenantId client, TicketId ticket, DateTimeOffset now, CancellationToken cancel) =>
        db.RunAsync(Taken, _ => true, cancel, Of(client.Value), Of(ticket.Value), Of(now.ToUniversalTime()));

    /// <summary>The same in one round trip with what is read next; of an alarm that rings, only one that is due and that nobody has. Empty where it was not taken.</summary>
    public static List<bool> AddAlarm(this PageReads reads, TenantId client, TicketId ticket, DateTimeOffset now, bool isRinging) =>
        reads.Add(isRinging ? Due : Taken, _ => true, reads.In(client), Of(ticket.Value), Of(now.ToUniversalTime()));

    /// <summary>Sets when the ticket is looked at next; null: not before something happens to it.</summary>
    public static Task SetAlarmAsync(this PortalDb db, TenantId client, TicketId ticket, DateTimeOffset? dueAt, CancellationToken cancel) => dueAt is { } at
        ? db.RunAsync("update alarm set due_at = $3 where tenant_id = $1 and ticket_id = $2 returning true", _ => true, cancel, Of(client.Value), Of(ticket.Value), Of(at.ToUniversalTime()))
        : db.RunAsync("delete from alarm where tenant_id = $1 and ticket_id = $2 returning true", _ => true, cancel, Of(client.Value), Of(ticket.Value));

    /// <summary>Lets all open tickets of a client be looked at again: what they were promised has changed.</summary>
    public static Task RingAllAsync(this PortalDb db, TenantId client, DateTimeOffset now, CancellationToken cancel) =>
        db.RunAsync("insert into alarm (tenant_id, ticket_id, due_at) select tenant_id, id, $2 from ticket where tenant_id = $1 and is_open on conflict (tenant_id, ticket_id) do update set due_at = least(alarm.due_at, excluded.due_at) returning true", _ => true, cancel, Of(client.Value), Of(now.ToUniversalTime()));
}
