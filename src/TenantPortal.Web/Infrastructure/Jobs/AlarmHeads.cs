#pragma warning disable RS0030 // raw SQL: the alarms of every client in one statement
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Whose ticket is to be looked at.</summary>
public sealed record AlarmHead(TenantId Client, TicketId Ticket, DateTimeOffset DueAt);

/// <summary>Finds due alarms of all clients, the longest due first.</summary>
public sealed class AlarmHeads(NpgsqlDataSource database)
{
    public async Task<List<AlarmHead>> DueAsync(DateTimeOffset now, int most, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select tenant_id, ticket_id, due_at from alarm where due_at <= $1 order by due_at limit $2");
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<AlarmHead> due = [];
        while (await reader.ReadAsync(cancel)) due.Add(new(new(reader.GetGuid(0)), new(reader.GetGuid(1)), reader.GetFieldValue<DateTimeOffset>(2)));
        return due;
    }

    /// <summary>What could not be looked at comes again later, so that it does not stand before the others; whoever has moved it meanwhile was right.</summary>
    public async Task PutOffAsync(AlarmHead alarm, DateTimeOffset until, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update alarm set due_at = $3 where tenant_id = $1 and ticket_id = $2 and due_at = $4");
        foreach (var value in new object[] { alarm.Client.Value, alarm.Ticket.Value, until.ToUniversalTime(), alarm.DueAt.ToUniversalTime() }) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
