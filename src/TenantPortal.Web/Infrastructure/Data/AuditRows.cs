#pragma warning disable RS0030 // raw SQL: links are read with the text they stand for, which the database writes as it was hashed
using Npgsql;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>A link with what it stands for.</summary>
public sealed record AuditLine(AuditEntry Entry, string? Content);

/// <summary>Lets events be linked, and reads the links of one client.</summary>
public sealed class AuditRows(NpgsqlDataSource database, TenantScope scope)
{
    private const string Read = """
        select a.tenant_id, a.number, a.source, a.source_id, a.ticket_id, a.kind, a.actor_kind, a.actor_id, a.at, a.content_hash, a.salt, a.sealed_at, a.previous, a.hash,
          case a.source
            when 'ticket-event' then (select audit_text(r) from ticket_event r where r.tenant_id = a.tenant_id and r.id = a.source_id::bigint)
            when 'client-event' then (select audit_text(r) from client_event r where r.tenant_id = a.tenant_id and r.id = a.source_id::bigint)
            when 'decision' then (select audit_text(r) from decision_record r where r.tenant_id = a.tenant_id and r.id = a.source_id::uuid)
          end
        from audit_entry a where a.tenant_id = $1
        """;

    /// <summary>Links what is committed and not linked yet, of every client; the function that does it runs in a role of its own.</summary>
    /// <returns>How many were linked.</returns>
    public static async Task<int> SealAsync(NpgsqlDataSource database, int most, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select seal_events($1)");
        command.Parameters.Add(new() { Value = most });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The newest links before a number, newest first.</summary>
    public async Task<List<AuditLine>> NewestAsync(TenantId client, long? before, int most, CancellationToken cancel)
    {
        var lines = new List<AuditLine>();
        await foreach (var line in ReadAsync(client, $"{Read} and a.number < $2 order by a.number desc limit {most}", before ?? long.MaxValue, cancel)) lines.Add(line);
        return lines;
    }

    /// <summary>The whole chain from its first link on.</summary>
    public async IAsyncEnumerable<AuditLine> AllAsync(TenantId client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        const int AtOnce = 2_000;
        for (long after = 0; ;)
        {
            var count = 0;
            await foreach (var line in ReadAsync(client, $"{Read} and a.number > $2 order by a.number limit {AtOnce}", after, cancel))
            {
                (after, count) = (line.Entry.Number, count + 1);
                yield return line;
            }
            if (count < AtOnce) yield break;
        }
    }

    /// <summary>The whole chain as a connection sees it that has its scope already.</summary>
    public static async IAsyncEnumerable<AuditLine> ReadAsync(NpgsqlConnection connection, TenantId client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"{Read} order by a.number", connection) { Parameters = { PageReads.Of(client.Value) } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return new(Entry(reader), reader.IsDBNull(14) ? null : reader.GetString(14));
    }

    private async IAsyncEnumerable<AuditLine> ReadAsync(TenantId client, string sql, long number, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PageReads.InScope(scope));
        batch.BatchCommands.Add(new(sql) { Parameters = { PageReads.Of(scope.All || scope.Tenants.Contains(client) ? client.Value : Guid.Empty), PageReads.Of(number) } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return new(Entry(reader), reader.IsDBNull(14) ? null : reader.GetString(14));
    }

    private static AuditEntry Entry(NpgsqlDataReader row) => new()
    {
        TenantId = new(row.GetGuid(0)), Number = row.GetInt64(1), Source = row.GetString(2), SourceId = row.GetString(3), TicketId = row.IsDBNull(4) ? null : row.GetGuid(4), Kind = row.GetString(5), ActorKind = row.GetString(6),
        ActorId = row.IsDBNull(7) ? null : row.GetGuid(7), At = row.GetFieldValue<DateTimeOffset>(8), ContentHash = row.GetFieldValue<byte[]>(9), Salt = row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10),
        SealedAt = row.GetFieldValue<DateTimeOffset>(11), Previous = row.GetFieldValue<byte[]>(12), Hash = row.GetFieldValue<byte[]>(13),
    };
}
