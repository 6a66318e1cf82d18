#pragma warning disable RS0030 // raw SQL: reads the catalog
using Npgsql;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data.Backup;

/// <summary>The tables as they are in a database: each after those it refers to, with the columns that can be written.</summary>
public sealed class BackupTables(NpgsqlConnection connection)
{
    /// <summary>Made by other rows' triggers and words, so that it is built anew; and the list that migrations keep themselves.</summary>
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal) { "schema_migration" };
    /// <summary>Numbers of transactions belong to their cluster; in another one they mean something else.</summary>
    private const string OfCluster = "xid8";

    public sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Transactions, string? Tenant);

    public async Task<List<Table>> ListAsync(CancellationToken cancel)
    {
        var columns = await RowsAsync("select table_name::text, column_name::text, udt_name::text from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relkind = 'r' and k.relnamespace = 'public'::regnamespace where table_schema = 'public' order by table_name, ordinal_position", cancel);
        var refers = await RowsAsync("select conrelid::regclass::text, confrelid::regclass::text, '' from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid", cancel);
        var tables = columns.GroupBy(c => c.First).Where(t => !Left.Contains(t.Key)).Select(t => new Table(t.Key, [.. t.Select(c => c.Second)], [.. t.Where(c => c.Third == OfCluster).Select(c => c.Second)], t.Key == "client" ? "id" : t.Any(c => c.Second == "tenant_id") ? "tenant_id" : null)).ToDictionary(t => t.Name);
        var (ordered, seen) = (new List<Table>(), new HashSet<string>(StringComparer.Ordinal));
        void Add(string name)
        {
            if (!tables.TryGetValue(name, out var table) || !seen.Add(name)) return;
            foreach (var (_, other, _) in refers.Where(r => r.First == name)) Add(other);
            ordered.Add(table);
        }
        foreach (var name in tables.Keys.Order(StringComparer.Ordinal)) Add(name);
        return ordered;
    }

    /// <summary>Rows and the sum over their hashes, without what belongs to the cluster; the order of rows does not matter.</summary>
    public async Task<(long Rows, string Sum)> SumAsync(Table table, TenantId? only, CancellationToken cancel)
    {
        var kept = string.Join(", ", table.Columns.Except(table.Transactions).Select(Quoted));
        var found = await RowsAsync($"select count(*)::text, coalesce(sum(('x' || substr(md5(r::text), 1, 15))::bit(60)::bigint::numeric), 0)::text, '' from (select {kept} from {Quoted(table.Name)}{Where(table, only)}) r", cancel);
        return (long.Parse(found[0].First, System.Globalization.CultureInfo.InvariantCulture), found[0].Second);
    }

    public static string Where(Table table, TenantId? only) => only is { } client ? $" where {table.Tenant} = '{client.Value:d}'" : "";

    public static string Quoted(string name) => $"\"{name}\"";

    public async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<List<(string First, string Second, string Third)>> RowsAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(string, string, string)>();
        while (await reader.ReadAsync(cancel)) rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }

    /// <summary>A connection of its own that sees every client.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string text, string setting, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(text) { Pooling = false, CommandTimeout = 0, ApplicationName = "tenantportal-backup" }.ConnectionString);
        try { await connection.OpenAsync(cancel); }
        catch (NpgsqlException e)
        {
            await connection.DisposeAsync();
            throw new InvalidOperationException($"{setting}: the database cannot be reached: {e.Message}", e);
        }
        await new BackupTables(connection).RunAsync("select set_config('app.all', '1', false), set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO', false), set_config('extra_float_digits', '3', false), set_config('bytea_output', 'hex', false)", cancel);
        return connection;
    }
}
