#pragma warning disable RS0030 // raw SQL: reads the catalog before the program starts
using Npgsql;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Refuses to start on a database role under which the policies would not hold, or on a schema this program does not know.</summary>
public static class StartGuard
{
    public static async Task CheckAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(database, cancel);
        await RefuseAsync(connection, "select 'is a superuser' from pg_roles where rolname = current_user and rolsuper", cancel);
        await RefuseAsync(connection, "select 'may bypass row-level security' from pg_roles where rolname = current_user and rolbypassrls", cancel);
        await RefuseAsync(connection, "select 'is a member of ' || r.rolname || ', which is a superuser or may bypass row-level security' from pg_roles r where (r.rolsuper or r.rolbypassrls) and r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member') limit 1", cancel);
        await RefuseAsync(connection, "select 'owns the table ' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'member') limit 1", cancel);
        await using var schema = new NpgsqlCommand("select to_regclass('public.schema_migration') is not null", connection);
        if (await schema.ExecuteScalarAsync(cancel) is not true) throw new InvalidOperationException("The database named by PORTAL_DB has no schema yet. Run ./portal migrate with PORTAL_DB_OWNER first.");
        // a schema from before the program looked at its migrations
        await using var readable = new NpgsqlCommand("select has_table_privilege('public.schema_migration', 'select')", connection);
        if (await readable.ExecuteScalarAsync(cancel) is not true) throw new InvalidOperationException("The database named by PORTAL_DB is older than this program. Run ./portal migrate with PORTAL_DB_OWNER first.");
        await using var missing = new NpgsqlCommand("select name from unnest($1::text[]) known(name) where not exists (select from schema_migration m where m.name = known.name) limit 1", connection) { Parameters = { new() { Value = Migrator.Names().ToArray() } } };
        if (await missing.ExecuteScalarAsync(cancel) is string name) throw new InvalidOperationException($"The database named by PORTAL_DB is older than this program: it lacks {name}. Run ./portal migrate with PORTAL_DB_OWNER first.");
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        for (var last = 4; ; last--)
            try { return await database.OpenConnectionAsync(cancel); }
            catch (NpgsqlException e) when (e.InnerException is TimeoutException && last > 0) { continue; } // a busy machine that starts both at once
            catch (NpgsqlException e) { throw new InvalidOperationException($"PORTAL_DB: the database cannot be reached: {e.Message}. Check host, port, name and password.", e); }
    }

    private static async Task RefuseAsync(NpgsqlConnection connection, string query, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(query, connection);
        if (await command.ExecuteScalarAsync(cancel) is string why) throw new InvalidOperationException($"PORTAL_DB: its role {why}, so the walls between clients would not hold. Give the app a role of its own that owns nothing (docs/install.md).");
    }
}
