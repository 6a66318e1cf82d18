#pragma warning disable RS0030 // raw SQL: EF has no insert that leaves an existing row alone, and no update that returns its rows
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using static TenantPortal.Web.Infrastructure.Data.PageReads;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A letter in the hands of the run that took it.</summary>
/// <param name="HookId">The outside channel it goes to; null: a mailbox.</param>
public sealed record TakenLetter(string Recipient, byte[] Bytes, DateTimeOffset CreatedAt, int Attempts, Guid? HookId);

public static class OutboxRows
{
    /// <summary>Writes a letter that is not there yet, with the head that sends it; false when it is.</summary>
    public static async Task<bool> AddOnceAsync(this PortalDb db, OutboxMessage letter, string jobKind, CancellationToken cancel)
    {
        var made = await db.RunAsync("""
            with letter as (
              insert into outbox_message (tenant_id, id, ticket_id, stage, recipient, occurrence, subject, message_id, bytes, state, attempts, created_at, error, hook_id)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $15)
              on conflict (tenant_id, ticket_id, stage, recipient, occurrence) do nothing returning tenant_id, id),
            head as (insert into job (id, tenant_id, kind, ref_id, due_at) select $13, tenant_id, $14, id, $11 from letter where $10 = 'Queued')
            select 1 from letter
            """, _ => true, cancel,
            Of(letter.TenantId.Value), Of(letter.Id), OfNullable(letter.TicketId?.Value), Of(letter.Stage), Of(letter.Recipient), Of(letter.Occurrence), Of(letter.Subject), Of(letter.MessageId), Of(letter.Bytes),
            Of(letter.State.ToString()), Of(letter.CreatedAt.ToUniversalTime()), OfText(letter.Error), Of(Guid.CreateVersion7()), Of(jobKind), OfUuid(letter.HookId));
        return made.Count == 1;
    }

    /// <summary>Marks a queued letter as being handed over and returns it; null when it is not queued, another run was quicker, or an earlier letter about the ticket to the same mailbox has not left yet.</summary>
    public static async Task<TakenLetter?> TakeAsync(this PortalDb db, TenantId client, Guid id, DateTimeOffset begunAt, CancellationToken cancel)
    {
        var taken = await db.RunAsync("""
            update outbox_message m set state = 'Sending', attempts = attempts + 1, call_begun_at = $3 where tenant_id = $1 and id = $2 and state = 'Queued'
              and (hook_id is not null or ticket_id is null or not exists (
                select from outbox_message e where e.tenant_id = $1 and e.ticket_id = m.ticket_id and e.recipient = m.recipient and e.hook_id is null and e.id < $2 and e.state in ('Queued', 'Sending')))
            returning recipient, bytes, created_at, attempts, hook_id
            """, r => new TakenLetter(r.GetString(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<DateTimeOffset>(2), r.GetInt32(3), r.IsDBNull(4) ? null : r.GetGuid(4)), cancel, Of(client.Value), Of(id), Of(begunAt.ToUniversalTime()));
        return taken is [var letter] ? letter : null;
    }

    /// <summary>Writes down how the hand-over ended. The attempt's number is the fence: a run that another has replaced writes nothing.</summary>
    public static Task EndAsync(this PortalDb db, TenantId client, Guid id, int attempt, OutboxState state, DateTimeOffset? sentAt, string? error, CancellationToken cancel) =>
        db.RunAsync("""
            update outbox_message set state = $4, sent_at = $5, error = $6 where tenant_id = $1 and id = $2 and state = 'Sending' and attempts = $3 returning id
            """, _ => true, cancel, Of(client.Value), Of(id), Of(attempt), Of(state.ToString()), OfNullable(sentAt?.ToUniversalTime()), OfText(error));
}
