using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TenantPortal.Bench;

/// <summary>A PostgreSQL of its own with durable commits, on a free port; it is deleted at the end.</summary>
internal sealed class Cluster : IDisposable
{
    private static int made;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"tenantportal-bench-{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
    private readonly int port = FreePort();

    public Cluster() => Run("start");

    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public async Task<(string Owner, string App)> CreateDatabaseAsync(string name)
    {
        await SqlAsync(Run("owner"), $"create database {name}");
        return (Of(Run("owner"), name), Of(Run("app"), name));
    }

    /// <summary>The role that reads for backups.</summary>
    public string Backup(string name) => Of(Run("backup"), name);

    public static async Task SqlAsync(string connection, params string[] statements)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 120 });
        await using var open = await database.OpenConnectionAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, open);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>One value, read over all clients.</summary>
    public static async Task<T> AskAsync<T>(string connection, string sql) => (await ListAsync<T>(connection, sql))[0];

    /// <summary>One column, read over all clients.</summary>
    public static async Task<List<T>> ListAsync<T>(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
        await using var open = await database.OpenConnectionAsync();
        await using (var all = new NpgsqlCommand("select set_config('app.all', '1', false)", open)) await all.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Run("destroy");
    }

    private static string Of(string connection, string database) => new NpgsqlConnectionStringBuilder(connection) { Database = database }.ConnectionString;

    private string Run(string verb)
    {
        var output = Path.GetTempFileName();
        // the server outlives the script, so it must not hold our pipe open
        var start = new ProcessStartInfo("bash", ["-c", $"'{Path.Combine(Places.Top, "scripts", "pg")}' {verb} > '{output}' 2>&1"]);
        start.Environment["PORTAL_PG_DIR"] = folder;
        start.Environment["PORTAL_PG_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment.Remove("PORTAL_PG_FAST");
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var text = File.ReadAllText(output).Trim();
        File.Delete(output);
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"scripts/pg {verb} failed: {text}");
    }
}
