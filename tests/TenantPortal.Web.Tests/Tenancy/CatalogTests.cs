using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Tenancy;

/// <summary>Reads PostgreSQL's own catalog: what the migrations made is held to the three classes of tables.</summary>
public sealed class CatalogTests(Portal portal) : IClassFixture<Portal>
{
    private const string Tables = "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') ";
    private static readonly HashSet<string> NoTenant = [.. TableClasses.Directory, .. TableClasses.Heads];

    private Task<List<string>> Ask(string sql) => Server.ListAsync<string>(portal.Owner, sql);

    [Fact]
    public async Task Every_table_is_in_exactly_one_class()
    {
        var all = await Ask(Tables);
        Assert.All(TableClasses.Directory.Concat(TableClasses.Heads).Concat(TableClasses.NotForced), listed => Assert.Contains(listed, all));
        var owned = await Ask("select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' and is_nullable = 'NO'");
        Assert.Empty(all.Except(NoTenant).Except(owned));
        Assert.True(owned.Count > 30, "the catalog query itself found too few tenant tables");
    }

    [Fact]
    public async Task Every_tenant_table_forces_one_policy_for_reading_and_writing()
    {
        var lacking = (await Ask(Tables + """
            and not (c.relrowsecurity and c.relforcerowsecurity
              and (select count(*) from pg_policy p where p.polrelid = c.oid) = 1
              and exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
                and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
                and pg_get_expr(p.polqual, p.polrelid) like '%app.all%' and pg_get_expr(p.polqual, p.polrelid) like '%tenant_id = ANY%app.tenants%'))
            """)).Except(NoTenant);
        Assert.Equal(["ticket_search"], lacking);
        Assert.Equal(["ticket_search"], await Ask(Tables + "and c.relrowsecurity and not c.relforcerowsecurity"));
    }

    [Fact]
    public async Task Keys_and_references_start_with_the_tenant()
    {
        const string first = "(select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0])";
        Assert.Empty((await Ask($"select c.relname::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and (i.indisprimary or i.indisunique) and {first} is distinct from 'tenant_id'")).Except(NoTenant));
        Assert.Empty(await Ask("""
            select conname::text from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and k.contype = 'f' and not ((select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]) = 'tenant_id' and (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) = 'tenant_id')
            """));
        Assert.NotEmpty(await Ask("select conname::text from pg_constraint where contype = 'f'"));
        var others = await Ask($"select ic.relname::text from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relname <> all(array[{string.Join(',', NoTenant.Select(t => $"'{t}'"))}]) and {first} is distinct from 'tenant_id'");
        Assert.Equal(TableClasses.IndexesOverClients.Order(), others.Order());
    }

    [Fact]
    public async Task Only_listed_functions_run_as_the_owner_and_no_view_or_grant_goes_around()
    {
        Assert.Equal(TableClasses.SecurityDefiner.Order(), (await Ask("select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef")).Order());
        Assert.Empty(await Ask("select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('v', 'm')"));
        Assert.Empty(await Ask("select privilege_type::text from information_schema.role_table_grants where grantee = 'portal_app' and table_name = 'ticket_search'"));
        Assert.Empty(await Ask("select table_name::text from information_schema.role_table_grants where grantee in ('PUBLIC') and table_schema = 'public'"));
        Assert.Empty(await Ask("select table_name::text from information_schema.role_table_grants where grantee = 'portal_app' and table_name in ('ticket_event', 'client_event', 'decision_record') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')"));
        Assert.Equal(["SELECT"], await Ask("select privilege_type::text from information_schema.role_table_grants where grantee = 'portal_app' and table_name = 'audit_entry'"));
    }

    [Fact]
    public async Task Model_and_database_agree()
    {
        var database = (await Ask("select table_name || '.' || column_name || ' ' || udt_name || case is_nullable when 'YES' then '?' else '' end from information_schema.columns where table_schema = 'public' and table_name not in ('schema_migration', 'ticket_search')")).Order(StringComparer.Ordinal);
        await using var scope = portal.Services.CreateAsyncScope();
        await using var directory = scope.ServiceProvider.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContext();
        var model = Columns(scope.ServiceProvider.GetRequiredService<PortalDb>().Model).Concat(Columns(directory.Model)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(database, model);
    }

    [Fact]
    public void Every_entity_of_a_client_carries_the_tenant_filter()
    {
        using var scope = portal.Services.CreateScope();
        var entities = scope.ServiceProvider.GetRequiredService<PortalDb>().Model.GetEntityTypes().Where(e => e.FindProperty("TenantId") is not null && e.ClrType.IsAssignableTo(typeof(Domain.Tenancy.ITenantOwned))).ToList();
        Assert.True(entities.Count > 30);
        Assert.All(entities, entity => Assert.Contains(entity.GetDeclaredQueryFilters(), filter => filter.Key == PortalDb.TenantFilter));
    }

    private static IEnumerable<string> Columns(IModel model) => model.GetRelationalModel().Tables.SelectMany(t => t.Columns.Where(c => c.Name != "xmin").Select(c => $"{t.Name}.{c.Name} {Type(c.StoreType)}{(c.IsNullable ? "?" : "")}"));

    private static string Type(string store) => store switch
    {
        "boolean" => "bool", "integer" => "int4", "bigint" => "int8", "real" => "float4", "timestamp with time zone" => "timestamptz", "text[]" => "_text", "uuid[]" => "_uuid", _ => store,
    };
}
