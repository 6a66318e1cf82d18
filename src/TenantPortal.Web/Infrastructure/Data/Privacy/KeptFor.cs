#pragma warning disable RS0030 // raw SQL: the app itself may not change what was logged
using System.Globalization;
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data.Backup;

namespace TenantPortal.Web.Infrastructure.Data.Privacy;

/// <summary>How many days what is kept of a client; a class without a number is kept for good.</summary>
public static class KeptFor
{
    /// <summary>Requests: words of resolved ones. Mail: bytes of letters that have left. Files: attached ones of resolved requests.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["requests", "files", "mail"];
    private const string Setting = "kept-for";

    public static async Task SetAsync(string owner, string slug, string name, int? days, CancellationToken cancel)
    {
        await using var connection = await BackupTables.OpenAsync(owner, "PORTAL_DB_OWNER", cancel);
        var client = await ClientAsync(connection, slug, cancel);
        await using var command = days is null
            ? new NpgsqlCommand("delete from portal_setting where name = $1", connection) { Parameters = { new() { Value = Key(client, name) } } }
            : new NpgsqlCommand("insert into portal_setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value", connection) { Parameters = { new() { Value = Key(client, name) }, new() { Value = days.Value.ToString(CultureInfo.InvariantCulture) } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <returns>For each client and class that has a number: the days, and what was or would be forgotten.</returns>
    public static async Task<IReadOnlyList<(string Client, string Class, int Days, IReadOnlyList<(string What, long Rows)> Counted)>> RunAsync(string owner, bool isDone, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await BackupTables.OpenAsync(owner, "PORTAL_DB_OWNER", cancel);
        var told = new List<(string, string, int, IReadOnlyList<(string, long)>)>();
        foreach (var (slug, client, name, days) in await ListAsync(connection, cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var words = new ErasedWords(connection, transaction, client);
            await words.QuietAsync(true, cancel);
            object[] before = [now.ToUniversalTime().AddDays(-days)];
            if (name == "requests") await words.TicketsAsync("not t.is_open and t.resolved_at < $2 and t.subject <> '[erased]'", before, cancel);
            if (name == "files") await words.RunAsync("files", "with gone as (delete from ticket_attachment a using ticket t where a.tenant_id = $1 and t.tenant_id = $1 and t.id = a.ticket_id and not t.is_open and t.resolved_at < $2 returning a.file_id) delete from stored_file f using gone where f.tenant_id = $1 and f.id = gone.file_id", before, cancel);
            if (name == "mail") await words.RunAsync("letters", "update outbox_message set bytes = ''::bytea where tenant_id = $1 and state in ('Sent', 'Failed') and created_at < $2 and length(bytes) > 0", before, cancel);
            await words.QuietAsync(false, cancel);
            told.Add((slug, name, days, words.Counted));
            if (isDone) await transaction.CommitAsync(cancel);
            else await transaction.RollbackAsync(cancel);
        }
        return told;
    }

    private static async Task<List<(string Slug, TenantId Client, string Class, int Days)>> ListAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select k.slug, k.id, split_part(s.name, ' ', 3), s.value::int from portal_setting s join client k on k.id::text = split_part(s.name, ' ', 2) where s.name like '{Setting} %' order by 1, 3", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var set = new List<(string, TenantId, string, int)>();
        while (await reader.ReadAsync(cancel)) set.Add((reader.GetString(0), new(reader.GetGuid(1)), reader.GetString(2), reader.GetInt32(3)));
        return set;
    }

    private static async Task<TenantId> ClientAsync(NpgsqlConnection connection, string slug, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select id from client where slug = $1 and not is_msp", connection) { Parameters = { new() { Value = slug } } };
        return await command.ExecuteScalarAsync(cancel) is Guid id ? new(id) : throw new InvalidOperationException($"There is no client {slug}.");
    }

    private static string Key(TenantId client, string name) => $"{Setting} {client.Value:d} {name}";
}
