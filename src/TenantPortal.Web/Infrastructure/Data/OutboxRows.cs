#pragma warning disable RS0030 // raw SQL: EF has no insert that leaves an existing row alone, and no update that returns its rows
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A letter in the hands of the run that took it.</summary>
public sealed record TakenLetter(string Recipient, byte[] Bytes, DateTimeOffset CreatedAt, int Attempts);

public static class OutboxRows
{
    /// <summary>Writes a letter that is not there yet, with the head that sends it; false when it is.</summary>
    public static async Task<bool> AddOnceAsync(this PortalDb db, OutboxMessage letter, string jobKind, CancellationToken cancel)
    {
        var (state, at) = (letter.State.ToString(), letter.CreatedAt.ToUniversalTime());
        var made = await db.Database.SqlQuery<int>($"""
            with letter as (
              insert into outbox_message (tenant_id, id, ticket_id, stage, recipient, occurrence, subject, message_id, bytes, state, attempts, created_at, error)
              values ({letter.TenantId.Value}, {letter.Id}, {letter.TicketId?.Value}, {letter.Stage}, {letter.Recipient}, {letter.Occurrence}, {letter.Subject}, {letter.MessageId}, {letter.Bytes}, {state}, 0, {at}, {letter.Error})
              on conflict (tenant_id, ticket_id, stage, recipient, occurrence) do nothing returning tenant_id, id),
            head as (insert into job (id, tenant_id, kind, ref_id, due_at) select {Guid.CreateVersion7()}, tenant_id, {jobKind}, id, {at} from letter where {state} = 'Queued')
            select count(*)::int as "Value" from letter
            """).ToListAsync(cancel);
        return made[0] == 1;
    }

    /// <summary>Marks a queued letter as being handed over and returns it; null when it is not queued, or another run was quicker.</summary>
    public static async Task<TakenLetter?> TakeAsync(this PortalDb db, TenantId client, Guid id, DateTimeOffset begunAt, CancellationToken cancel)
    {
        var taken = await db.Database.SqlQuery<TakenLetter>($"""
            update outbox_message set state = 'Sending', attempts = attempts + 1, call_begun_at = {begunAt.ToUniversalTime()} where tenant_id = {client.Value} and id = {id} and state = 'Queued'
            returning recipient as "Recipient", bytes as "Bytes", created_at as "CreatedAt", attempts as "Attempts"
            """).ToListAsync(cancel);
        return taken is [var letter] ? letter : null;
    }

    /// <summary>Writes down how the hand-over ended. The attempt's number is the fence: a run that another has replaced writes nothing.</summary>
    public static Task EndAsync(this PortalDb db, TenantId client, Guid id, int attempt, OutboxState state, DateTimeOffset? sentAt, string? error, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"""
            update outbox_message set state = {state.ToString()}, sent_at = {sentAt?.ToUniversalTime()}, error = {error}
            where tenant_id = {client.Value} and id = {id} and state = 'Sending' and attempts = {attempt}
            """, cancel);
}
