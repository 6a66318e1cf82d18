using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests;

/// <summary>The real program on Kestrel and a database of its own, made from the migrations, with the world of named people in it.</summary>
public sealed class Portal : IAsyncLifetime
{
    private readonly string name = $"test_{Guid.NewGuid():n}";
    private readonly string folder = Directory.CreateTempSubdirectory("portal-test").FullName;
    private WebApplication? app;

    public string Owner { get; private set; } = "";
    public string App { get; private set; } = "";
    public Uri Address { get; private set; } = null!;
    public World World { get; private set; } = null!;
    public Clock Clock { get; } = new();
    /// <summary>True: the demo's people and content instead of the small world.</summary>
    public bool WithDemo { get; init; }
    /// <summary>A portal that has stopped, whose database and key this one begins with instead of a world of its own.</summary>
    public Portal? CopyOf { get; init; }
    /// <summary>What the operator has set besides.</summary>
    public (string Key, string Value)[] Settings { get; init; } = [];
    public string MailFolder => Path.Combine(folder, "mail");
    public IServiceProvider Services => app!.Services;
    private string Key => Path.Combine(folder, "key");

    public async ValueTask InitializeAsync()
    {
        (Owner, App) = await Server.CreateDatabaseAsync(name, CopyOf?.name);
        if (CopyOf is not null) File.Copy(CopyOf.Key, Key);
        await StartAsync(Settings);
        if (WithDemo) await LoadDemoAsync();
        else if (CopyOf is null) World = await World.CreateAsync(this);
    }

    private async Task LoadDemoAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var loaded = await scope.ServiceProvider.GetRequiredService<Features.ContentImport.LoadDemo>().RunAsync(new(TextWriter.Null, isTerminal: false), CancellationToken.None);
        Assert.True(loaded, "the demo could not be loaded");
    }

    public async Task StartAsync(params (string Key, string Value)[] settings)
    {
        (app, Address) = await RunAsync(settings);
    }

    /// <summary>A second process's worth of the program on the same database, with some settings changed.</summary>
    public async Task<Another> AnotherAsync(params (string Key, string Value)[] settings)
    {
        var (other, address) = await RunAsync(settings);
        return new(other, address);
    }

    private async Task<(WebApplication App, Uri Address)> RunAsync((string Key, string Value)[] settings)
    {
        if (!File.Exists(Key)) await File.WriteAllBytesAsync(Key, RandomNumberGenerator.GetBytes(32));
        var args = new List<string> { $"--PORTAL_DB={App}", $"--PORTAL_KEY_FILE={Key}", $"--PORTAL_MAIL_FOLDER={MailFolder}", "--PORTAL_DEMO=1", "--urls=http://127.0.0.1:0", $"--contentRoot={Path.Combine(Server.Folder, "src", "TenantPortal.Web")}", "--environment=Production", "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Microsoft=None" };
        args.AddRange(settings.Select(s => $"--{s.Key}={s.Value}"));
        var built = PortalApp.Build([.. args], Clock);
        await PortalApp.PrepareAsync(built, CancellationToken.None);
        await built.StartAsync();
        return (built, new(built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    /// <summary>A browser without JavaScript: cookies, no redirects followed unless asked.</summary>
    public HttpClient Browser(bool follow = true) => Browsers.At(Address, follow);

    /// <summary>Runs work as a job of one client would: in a scope of its own.</summary>
    public async Task<T> AsAsync<T>(TenantId client, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        return await work(scope.ServiceProvider);
    }

    public Task AsAsync(TenantId client, Func<IServiceProvider, Task> work) => AsAsync(client, async services => { await work(services); return true; });

    public async Task StopAsync()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Server.DropDatabaseAsync(name);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The machine's clock, which a test can put forward: nothing waits, later is simply now.</summary>
public sealed class Clock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public void PutForward(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}

/// <summary>The PostgreSQL that tests use: scripts/pg without fsync, or the server of PORTAL_TEST_OWNER and PORTAL_TEST_APP.</summary>
public static class Server
{
    private static readonly Lazy<(string Owner, string App)> Known = new(() => (Ask("owner", "PORTAL_TEST_OWNER"), Ask("app", "PORTAL_TEST_APP")));

    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    public static string Folder { get; } = FindTop();

    /// <summary>The role that reads for backups, in the database of that name.</summary>
    public static string Backup(string database) => Of(Ask("backup", "PORTAL_TEST_BACKUP"), database);

    /// <summary>A database with the schema of this program and nothing in it, or a copy of another that nobody uses.</summary>
    public static async Task<(string Owner, string App)> CreateDatabaseAsync(string name, string? source = null)
    {
        await SqlAsync(Known.Value.Owner, $"create database {name} template {source ?? await Migrated.Value}");
        return (Of(Known.Value.Owner, name), Of(Known.Value.App, name));
    }

    // made once for each schema: a copy takes a small part of the time; the name comes last, so that nobody copies half a schema
    private static async Task<string> MigrateAsync()
    {
        var schema = string.Join(' ', await ReadAsync(Migrator.Names()));
        var name = "migrated_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)))[..16];
        var there = await ListAsync<string>(Known.Value.Owner, "select datname::text from pg_database where datname like 'migrated\\_%'");
        if (there.Contains(name)) return name;
        var draft = $"draft_{Guid.NewGuid():n}";
        await SqlAsync(Known.Value.Owner, $"create database {draft}");
        await Migrator.RunAsync(Of(Known.Value.Owner, draft), CancellationToken.None);
        try { await SqlAsync(Known.Value.Owner, $"alter database {draft} rename to {name}"); }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase) { await DropDatabaseAsync(draft); }
        foreach (var old in there) await DropDatabaseAsync(old);
        return name;
    }

    private static Task<string[]> ReadAsync(IEnumerable<string> migrations) => Task.WhenAll(migrations.Select(async name =>
    {
        using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(name)!);
        return await reader.ReadToEndAsync();
    }));

    public static async Task DropDatabaseAsync(string name)
    {
        for (var last = 40; ; last--)
            try { await SqlAsync(Known.Value.Owner, $"drop database if exists {name} with (force)"); return; }
            // the server itself is tidying up in there, and nobody may interrupt it
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ObjectInUse && last > 0) { await Task.Delay(250); }
    }

    public static async Task SqlAsync(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> ListAsync<T>(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    /// <summary>As PostgreSQL's superuser, over the private cluster's socket; for making the roles that the start refuses.</summary>
    public static async Task SuperAsync(string sql)
    {
        foreach (var statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) Run($"super -q -c \"{statement}\"");
        await Task.CompletedTask;
    }

    /// <summary>As the owner with every client in scope; for looking at what the program left behind.</summary>
    public static async Task<List<T>> ListAllAsync<T>(string owner, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using (var all = new NpgsqlCommand("select set_config('app.all', '1', false)", connection)) await all.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    private static string Of(string connection, string database) => new NpgsqlConnectionStringBuilder(connection) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private static string Ask(string what, string setting)
    {
        if (Environment.GetEnvironmentVariable(setting) is { Length: > 0 } set) return set;
        Run("start");
        return Run(what);
    }

    private static string Run(string verb)
    {
        var output = Path.GetTempFileName();
        // the server outlives this process, so it must not hold our pipe open
        var start = new ProcessStartInfo("bash", ["-c", $"'{Path.Combine(Folder, "scripts", "pg")}' {verb} > '{output}'"]) { Environment = { ["PORTAL_PG_FAST"] = "1" } };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        var text = File.ReadAllText(output).Trim();
        File.Delete(output);
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"scripts/pg {verb} failed.");
    }

    private static string FindTop()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "scripts", "pg"))) folder = folder.Parent ?? throw new InvalidOperationException("scripts/pg was not found above the tests.");
        return folder.FullName;
    }
}
