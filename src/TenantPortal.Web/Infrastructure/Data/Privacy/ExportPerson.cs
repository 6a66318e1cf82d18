#pragma warning disable RS0030 // raw SQL: rows as they are, as JSON
using System.IO.Compression;
using System.Text;
using Npgsql;
using TenantPortal.Web.Infrastructure.Data.Backup;

namespace TenantPortal.Web.Infrastructure.Data.Privacy;

/// <summary>Everything that is kept about one contact, as JSON and files in one zip. Notes of the desk are in it; hidden values and passwords are not.</summary>
public static class ExportPerson
{
    private const string Mine = "ticket_id in (select id from ticket where tenant_id = $1 and contact_id = $2)";

    private static readonly (string Name, string Sql)[] Parts =
    [
        ("person", "select to_jsonb(c) - 'password_hash' - 'security_stamp' from contact c where tenant_id = $1 and id = $2"),
        ("requests", "select to_jsonb(t) from ticket t where tenant_id = $1 and contact_id = $2 order by number"),
        ("messages", $"select to_jsonb(m) from ticket_message m where tenant_id = $1 and {Mine} order by at"),
        ("notes", $"select to_jsonb(m) from ticket_note m where tenant_id = $1 and {Mine} order by at"),
        ("facts", $"select to_jsonb(m) from ticket_fact m where tenant_id = $1 and {Mine} order by at"),
        ("events", $"select to_jsonb(m) - 'xact' from ticket_event m where tenant_id = $1 and {Mine} order by id"),
        ("guides-tried", $"select to_jsonb(m) from attempt m where tenant_id = $1 and {Mine} order by started_at"),
        ("letters", $"select to_jsonb(m) - 'bytes' || jsonb_build_object('text', convert_from(m.bytes, 'UTF8')) from outbox_message m where tenant_id = $1 and recipient = (select email from contact where tenant_id = $1 and id = $2) order by created_at"),
        ("drafts", "select to_jsonb(d) from report_draft d where tenant_id = $1 and contact_id = $2"),
        ("searches", "select to_jsonb(s) from search_log s where tenant_id = $1 and person_id = $2 order by at"),
        ("guides-opened", "select to_jsonb(g) from guide_event g where tenant_id = $1 and contact_id = $2 order by at"),
        ("devices", "select to_jsonb(d) from device d where tenant_id = $1 and contact_id = $2"),
        ("files", $"select to_jsonb(a) from ticket_attachment a where tenant_id = $1 and {Mine} order by at"),
    ];

    public static async Task<(FoundPerson Person, IReadOnlyList<(string What, long Rows)> Counted)> RunAsync(string database, string slug, string email, string file, CancellationToken cancel)
    {
        await using var connection = await BackupTables.OpenAsync(database, "PORTAL_DB_BACKUP", cancel);
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var person = await ErasePerson.FindAsync(connection, slug, email, cancel);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(file, options);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        var counted = new List<(string, long)>();
        foreach (var (name, sql) in Parts)
        {
            await using var entry = zip.CreateEntry(name + ".json").Open();
            var rows = await WriteAsync(connection, sql, person, entry, cancel);
            if (rows > 0) counted.Add((name, rows));
        }
        await FilesAsync(connection, person, zip, cancel);
        return (person, counted);
    }

    private static async Task<long> WriteAsync(NpgsqlConnection connection, string sql, FoundPerson person, Stream target, CancellationToken cancel)
    {
        await using var reader = await ReadAsync(connection, sql, person, cancel);
        await using var text = new StreamWriter(target, new UTF8Encoding(false));
        long rows = 0;
        await text.WriteAsync('[');
        while (await reader.ReadAsync(cancel)) await text.WriteAsync((rows++ == 0 ? "\n" : ",\n") + reader.GetString(0));
        await text.WriteAsync("\n]\n");
        return rows;
    }

    // those that lie in a bucket are named in files.json
    private static async Task FilesAsync(NpgsqlConnection connection, FoundPerson person, ZipArchive zip, CancellationToken cancel)
    {
        await using var reader = await ReadAsync(connection, $"select a.id::text, a.file_name, c.bytes, c.number from ticket_attachment a join stored_file_chunk c on c.tenant_id = a.tenant_id and c.file_id = a.file_id where a.tenant_id = $1 and a.{Mine} order by a.id, c.number", person, cancel);
        Stream? target = null;
        while (await reader.ReadAsync(cancel))
        {
            if (reader.GetInt32(3) == 0)
            {
                if (target is not null) await target.DisposeAsync();
                target = zip.CreateEntry($"files/{reader.GetString(0)}-{reader.GetString(1)}").Open();
            }
            await target!.WriteAsync(reader.GetFieldValue<byte[]>(2), cancel);
        }
        if (target is not null) await target.DisposeAsync();
    }

    private static async Task<NpgsqlDataReader> ReadAsync(NpgsqlConnection connection, string sql, FoundPerson person, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0, Parameters = { new() { Value = person.Client.Value }, new() { Value = person.Id } } };
        return await command.ExecuteReaderAsync(cancel);
    }
}
