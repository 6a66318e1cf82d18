#pragma warning disable RS0030 // raw SQL: copies tables as they are
using System.IO.Compression;
using Npgsql;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data.Backup;

/// <summary>Writes everything, or everything of one client, as it stood at one moment into one file. People go on working meanwhile.</summary>
public static class TakeBackup
{
    /// <param name="client">Address name of the only client; null: all.</param>
    /// <param name="told">Hears which table is being written.</param>
    public static async Task<BackupManifest> RunAsync(string database, string? client, string file, DateTimeOffset now, Action<string> told, CancellationToken cancel)
    {
        await using var connection = await BackupTables.OpenAsync(database, "PORTAL_DB_BACKUP", cancel);
        var tables = new BackupTables(connection);
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var only = client is null ? null : await ClientAsync(tables, client, cancel);
        var schema = (await tables.RowsAsync("select max(name), '', '' from schema_migration", cancel))[0].First;
        var part = file + ".part";
        try
        {
            var written = await WriteAsync(connection, tables, only, part, told, cancel);
            var manifest = new BackupManifest(BackupManifest.Known, now, schema, only?.Value, client, written);
            using (var zip = ZipFile.Open(part, ZipArchiveMode.Update)) manifest.Write(zip);
            File.Move(part, file, overwrite: false);
            return manifest;
        }
        finally { File.Delete(part); }
    }

    private static async Task<TenantId?> ClientAsync(BackupTables tables, string slug, CancellationToken cancel)
    {
        if (!slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) throw new InvalidOperationException($"There is no client {slug}.");
        return await tables.RowsAsync($"select id::text, '', '' from client where slug = '{slug}'", cancel) is [var found] ? new TenantId(Guid.Parse(found.First)) : throw new InvalidOperationException($"There is no client {slug}.");
    }

    private static async Task<List<BackedUpTable>> WriteAsync(NpgsqlConnection connection, BackupTables tables, TenantId? only, string part, Action<string> told, CancellationToken cancel)
    {
        // readable by its owner alone from its first byte
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(part, options);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        var written = new List<BackedUpTable>();
        foreach (var table in await tables.ListAsync(cancel))
        {
            if (only is not null && table.Tenant is null) continue;
            told(table.Name);
            var (rows, sum) = await tables.SumAsync(table, only, cancel);
            var columns = string.Join(", ", table.Columns.Select(BackupTables.Quoted));
            await using (var entry = zip.CreateEntry(BackupManifest.EntryOf(table.Name), CompressionLevel.Fastest).Open())
            await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy (select {columns} from {BackupTables.Quoted(table.Name)}{BackupTables.Where(table, only)}) to stdout (format binary)", cancel))
                await copy.CopyToAsync(entry, cancel);
            written.Add(new(table.Name, table.Columns, rows, sum));
        }
        return written;
    }
}
