#pragma warning disable RS0030 // raw SQL: reads the catalog, and tries every table without a scope
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Looks at the walls of the database as it is now: the role, a forced policy on every table of clients, not one row without a scope, the key and the clock.</summary>
public sealed class WallCheck(NpgsqlDataSource database, IDbContextFactory<DirectoryDb> directories, MasterKey key, TimeProvider time)
{
    private static readonly string[] Outside = [.. TableClasses.Directory, .. TableClasses.Heads, .. TableClasses.NotForced];

    public Task RoleAsync(CancellationToken cancel) => StartGuard.CheckAsync(database, cancel);

    /// <summary>How many tables of clients there are, and what is wrong with each that has a hole.</summary>
    public async Task<(int Tables, IReadOnlyList<string> Holes)> PoliciesAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var tables = new List<(string Name, bool IsWalled)>();
        await using (var command = new NpgsqlCommand("""
            select c.relname, c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid) and not exists (select from pg_policy p where p.polrelid = c.oid and (p.polname <> 'tenant' or not p.polpermissive))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> all($1) order by 1
            """, connection) { Parameters = { new() { Value = Outside } } })
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) tables.Add((reader.GetString(0), reader.GetBoolean(1)));
        var holes = tables.Where(t => !t.IsWalled).Select(t => $"{t.Name} has no forced policy").ToList();
        foreach (var (name, isWalled) in tables.Where(t => t.IsWalled))
        {
            await using var probe = new NpgsqlCommand($"select exists (select from {name})", connection);
            if (await probe.ExecuteScalarAsync(cancel) is true) holes.Add($"{name} shows rows to nobody in particular");
        }
        return (tables.Count, holes);
    }

    public async Task KeyAsync(CancellationToken cancel)
    {
        await using var directory = await directories.CreateDbContextAsync(cancel);
        await key.CheckAsync(directory, cancel);
    }

    /// <summary>How far this machine's clock is ahead of the database's.</summary>
    public async Task<TimeSpan> AheadAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select clock_timestamp()");
        var there = (DateTime)(await command.ExecuteScalarAsync(cancel))!;
        return time.GetUtcNow() - new DateTimeOffset(there.ToUniversalTime(), TimeSpan.Zero);
    }
}
