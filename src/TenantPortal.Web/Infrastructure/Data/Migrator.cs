#pragma warning disable RS0030 // raw SQL: migrations are SQL
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Applies the embedded *.sql files in the order of their names, each once and each in its own transaction, as the owner. Processes that start together take turns.</summary>
public static class Migrator
{
    private const long Turn = 0x54504d47;

    /// <returns>How many files were applied now.</returns>
    public static async Task<int> RunAsync(string ownerConnection, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnection) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancel);
        await RunAsync(connection, $"select pg_advisory_lock({Turn})", cancel);
        await RunAsync(connection, "create table if not exists schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())", cancel);
        var done = await DoneAsync(connection, cancel);
        var files = Names();
        if (done.Keys.Except(files).FirstOrDefault() is { } unknown) throw new InvalidOperationException($"The database is newer than this program: it has {unknown}. Start the newer program, or restore a backup that fits this one.");
        var applied = 0;
        foreach (var file in files)
        {
            var sql = await ReadAsync(file, cancel);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (done.TryGetValue(file, out var was))
            {
                if (was != hash) throw new InvalidOperationException($"{file} was changed after it had been applied. Changes to the schema go into a new file.");
                continue;
            }
            await ApplyAsync(connection, file, sql, hash, cancel);
            applied++;
        }
        return applied;
    }

    /// <summary>The migrations this program knows, in order; the start is refused while the database lacks one.</summary>
    public static List<string> Names() => [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static async Task<Dictionary<string, string>> DoneAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var done = new Dictionary<string, string>();
        await using var query = new NpgsqlCommand("select name, sha256 from schema_migration", connection);
        await using var reader = await query.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) done[reader.GetString(0)] = reader.GetString(1);
        return done;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancel)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!);
        return (await reader.ReadToEndAsync(cancel)).ReplaceLineEndings("\n");
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string file, string sql, string hash, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try { await RunAsync(connection, sql, cancel); }
        catch (PostgresException e) { throw new InvalidOperationException($"{file}, line {sql.AsSpan(0, Math.Clamp(e.Position - 1, 0, sql.Length)).Count('\n') + 1}: {e.MessageText}", e); }
        await using var insert = new NpgsqlCommand("insert into schema_migration (name, sha256) values ($1, $2)", connection) { Parameters = { new() { Value = file }, new() { Value = hash } } };
        await insert.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
