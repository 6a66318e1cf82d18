#pragma warning disable RS0030 // raw SQL: copies tables as they are
using System.IO.Compression;
using Npgsql;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data.Backup;

/// <summary>Brings a backup, or one client of it, into a database whose schema this program has made. All of it is there afterwards, row for row, or nothing is.</summary>
public static class RestoreBackup
{
    /// <summary>Under this name the setting stands that holds mail and hooks until a person releases them.</summary>
    public const string HoldSetting = "held-after-restore";

    /// <param name="client">Address name of the one client to bring back in the place of what is there of it; null: everything, into an empty database.</param>
    public static async Task<BackupManifest> RunAsync(string owner, string file, string? client, DateTimeOffset now, Action<string> told, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new InvalidOperationException($"There is no file {file}.");
        ZipArchive zip;
        try { zip = ZipFile.OpenRead(file); }
        catch (InvalidDataException e) { throw new InvalidOperationException($"{file} is no backup of the portal, or its end is missing.", e); }
        using (zip)
        {
            var manifest = BackupManifest.Read(zip);
            if (manifest.Client is not null && client != manifest.Client) throw new InvalidOperationException($"This backup holds the client {manifest.Client} alone. Write: restore --client {manifest.Client} FILE");
            await Migrator.RunAsync(owner, cancel);
            if (Migrator.Names()[^1] != manifest.Schema) throw new InvalidOperationException($"The backup is of schema {manifest.Schema}, this program makes {Migrator.Names()[^1]}. Restore with the version of the program that made the backup, then update.");
            await using var connection = await BackupTables.OpenAsync(owner, "PORTAL_DB_OWNER", cancel);
            var tables = new BackupTables(connection);
            await using var all = await connection.BeginTransactionAsync(cancel);
            await FillAsync(connection, tables, zip, manifest, client, told, cancel);
            await tables.RunAsync($"insert into portal_setting (name, value) values ('{HoldSetting}', '{now.ToUniversalTime():O}') on conflict (name) do update set value = excluded.value", cancel);
            await all.CommitAsync(cancel);
            return manifest;
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, BackupTables tables, ZipArchive zip, BackupManifest manifest, string? client, Action<string> told, CancellationToken cancel)
    {
        var known = await tables.ListAsync(cancel);
        foreach (var table in known) await tables.RunAsync($"alter table {BackupTables.Quoted(table.Name)} disable trigger user", cancel);
        TenantId? only = client is null ? null : manifest.OnlyClient ?? await ClientInAsync(connection, tables, known, zip, client, cancel);
        var wanted = known.Where(t => only is null || t.Tenant is not null).ToList();
        if (only is null) await EmptyAsync(tables, known, cancel);
        else foreach (var table in Enumerable.Reverse(wanted)) await tables.RunAsync($"delete from {BackupTables.Quoted(table.Name)}{BackupTables.Where(table, only)}", cancel);
        foreach (var table in wanted)
        {
            told(table.Name);
            if (manifest.Tables.FirstOrDefault(t => t.Name == table.Name) is not { } stored) throw new InvalidOperationException($"The backup lacks the table {table.Name}.");
            await CopyAsync(connection, tables, zip, table, stored, only, cancel);
            var (rows, sum) = await tables.SumAsync(table, only, cancel);
            if ((only is null || manifest.OnlyClient is not null) && (rows, sum) != (stored.Rows, stored.Sum)) throw new InvalidOperationException($"The table {table.Name} did not come back as it was: {rows} rows of {stored.Rows}. Nothing was changed.");
        }
        await NumberAsync(tables, cancel);
        // a single client's letters of then may have left since: a person decides about each
        if (only is { } one) await tables.RunAsync($"update outbox_message set state = 'Uncertain', error = 'It was waiting when the backup was made, and may have been sent since.' where tenant_id = '{one.Value:d}' and state in ('Queued', 'Sending')", cancel);
        foreach (var table in known) await tables.RunAsync($"alter table {BackupTables.Quoted(table.Name)} enable trigger user", cancel);
    }

    private static async Task EmptyAsync(BackupTables tables, List<BackupTables.Table> known, CancellationToken cancel)
    {
        if ((await tables.RowsAsync("select count(*)::text, '', '' from client", cancel))[0].First != "0") throw new InvalidOperationException("The database named by PORTAL_DB_OWNER holds clients already. A whole backup is restored into an empty database; one client: restore --client SLUG FILE.");
        // what the program itself may have put there at a first start
        foreach (var table in Enumerable.Reverse(known)) await tables.RunAsync($"delete from {BackupTables.Quoted(table.Name)}", cancel);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, BackupTables tables, ZipArchive zip, BackupTables.Table table, BackedUpTable stored, TenantId? only, CancellationToken cancel)
    {
        var place = await StageAsync(connection, tables, zip, table, stored, cancel);
        // numbers of transactions are this cluster's: what is linked into the log lies before everything, what is not comes as news
        var values = stored.Columns.Select(c => !table.Transactions.Contains(c) ? BackupTables.Quoted(c) : table.Name == "audit_entry" ? "pg_current_xact_id()" : "'3'::xid8");
        await tables.RunAsync($"insert into {BackupTables.Quoted(table.Name)} ({string.Join(", ", stored.Columns.Select(BackupTables.Quoted))}) overriding system value select {string.Join(", ", values)} from {place}{BackupTables.Where(table, only)}", cancel);
        await tables.RunAsync($"drop table {place}", cancel);
        if (table.Name != "audit_entry") return;
        foreach (var (events, source) in new[] { ("ticket_event", "ticket-event"), ("client_event", "client-event"), ("decision_record", "decision") })
            await tables.RunAsync($"update {events} e set xact = pg_current_xact_id() where e.xact = '3'::xid8 and not exists (select from audit_entry a where a.tenant_id = e.tenant_id and a.source = '{source}' and a.source_id = e.id::text)", cancel);
    }

    // rows cannot be copied straight into a table with policies
    private static async Task<string> StageAsync(NpgsqlConnection connection, BackupTables tables, ZipArchive zip, BackupTables.Table table, BackedUpTable stored, CancellationToken cancel)
    {
        if (stored.Columns.Except(table.Columns).FirstOrDefault() is { } strange) throw new InvalidOperationException($"The backup's table {table.Name} has a column {strange} that this program does not know.");
        var place = $"pg_temp.{BackupTables.Quoted("restore_" + table.Name)}";
        await tables.RunAsync($"create temporary table {BackupTables.Quoted("restore_" + table.Name)} as select {string.Join(", ", stored.Columns.Select(BackupTables.Quoted))} from {BackupTables.Quoted(table.Name)} with no data", cancel);
        await using var rows = (zip.GetEntry(BackupManifest.EntryOf(table.Name)) ?? throw new InvalidOperationException($"The backup lacks the rows of {table.Name}.")).Open();
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {place} from stdin (format binary)", cancel);
        await rows.CopyToAsync(copy, cancel);
        return place;
    }

    private static async Task<TenantId> ClientInAsync(NpgsqlConnection connection, BackupTables tables, List<BackupTables.Table> known, ZipArchive zip, string slug, CancellationToken cancel)
    {
        var table = known.First(t => t.Name == "client");
        var place = await StageAsync(connection, tables, zip, table, BackupManifest.Read(zip).Tables.First(t => t.Name == "client"), cancel);
        var found = (await tables.RowsAsync($"select id::text, slug, '' from {place}", cancel)).Find(c => c.Second == slug);
        await tables.RunAsync($"drop table {place}", cancel);
        return found.First is { } id ? new TenantId(Guid.Parse(id)) : throw new InvalidOperationException($"The backup holds no client {slug}.");
    }

    // the next number that the database gives out comes after all that came back
    private static async Task NumberAsync(BackupTables tables, CancellationToken cancel)
    {
        foreach (var (table, column, _) in await tables.RowsAsync("select table_name::text, column_name::text, '' from information_schema.columns where table_schema = 'public' and is_identity = 'YES'", cancel))
            await tables.RunAsync($"select setval(pg_get_serial_sequence('{table}', '{column}'), greatest((select coalesce(max({column}), 0) from {BackupTables.Quoted(table)}), (select last_value from {Sequence(table, column)})) + 1, false)", cancel);
        static string Sequence(string table, string column) => $"{table}_{column}_seq";
    }
}
