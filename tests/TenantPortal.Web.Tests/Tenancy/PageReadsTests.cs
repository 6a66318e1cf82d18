using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Tenancy;

/// <summary>The reads of a page over a pool of a single connection: in their own scope, and over the connection that the unit of work holds.</summary>
public sealed class PageReadsTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private readonly TenantId ours = TenantId.New(), theirs = TenantId.New();
    private NpgsqlDataSource pool = null!;

    public async ValueTask InitializeAsync()
    {
        pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(portal.App) { MaxPoolSize = 1, Timeout = 1 });
        foreach (var client in new[] { ours, theirs })
        {
            await using var db = Open(Of(client));
            db.Add(new Site { TenantId = client, Name = client.ToString() });
            await db.SaveChangesAsync(Cancel);
        }
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    [Fact]
    public async Task Another_client_is_nobody_even_where_a_statement_names_it_or_nobody()
    {
        Assert.Equal([ours], await SitesAsync(Of(ours), reads => reads.Add<Site>("where r.tenant_id = $1", reads.In(ours))));
        Assert.Empty(await SitesAsync(Of(ours), reads => reads.Add<Site>("where r.tenant_id = $1", reads.In(theirs))));
        // the value alone
        Assert.Equal([Guid.Empty, ours.Value], new[] { theirs, ours }.Select(client => new PageReads(pool, new PortalModel(pool), Open(Of(ours)), Of(ours)).In(client).Value));
        // the policies alone
        Assert.Equal([ours], await SitesAsync(Of(ours), reads => reads.Add<Site>("")));
        Assert.Empty(await SitesAsync(Of(ours), reads => reads.Add<Site>("where r.tenant_id = $1", PageReads.Of(theirs.Value))));
    }

    [Fact]
    public async Task No_scope_reads_nothing_also_after_somebody_else()
    {
        Assert.Equal([ours], await SitesAsync(Of(ours), reads => reads.Add<Site>("")));
        Assert.Empty(await SitesAsync(new(), reads => reads.Add<Site>("")));
        await using var db = Open(new());
        Assert.Empty(await db.Sites.IgnoreQueryFilters().ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_held_connection_is_read_over()
    {
        var scope = Of(ours);
        await using var db = Open(scope);
        await db.HoldConnectionAsync(Cancel);
        var sites = await ReadAsync(db, scope, reads => reads.Add<Site>(""));
        Assert.Equal([ours], sites.Select(s => s.TenantId));
        // the scope went with its statements
        await using var command = new NpgsqlCommand("select coalesce(current_setting('app.tenants', true), '') || coalesce(current_setting('app.all', true), '')", (NpgsqlConnection)db.Database.GetDbConnection());
        Assert.Equal("", await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task A_transaction_sees_its_own_rows()
    {
        var scope = Of(ours);
        await using var db = Open(scope);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        db.Add(new Site { TenantId = ours, Name = "Not yet" });
        await db.SaveChangesAsync(Cancel);
        Assert.Contains(await ReadAsync(db, scope, reads => reads.Add<Site>("")), s => s.Name == "Not yet");
    }

    [Fact]
    public async Task Whoever_holds_a_connection_loads_guides_over_it()
    {
        var scope = Of(ours);
        await using var db = Open(scope);
        await db.HoldConnectionAsync(Cancel);
        // scopes of its own could not be opened here
        var knowledge = await new Snapshots(new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(), new(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<IndexPacks>.Instance), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Snapshots>.Instance).GetAsync(ours, 0, db, Cancel);
        Assert.Empty(knowledge.Guides);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<IEnumerable<TenantId>> SitesAsync(TenantScope scope, Func<PageReads, List<Site>> add)
    {
        await using var db = Open(scope);
        return (await ReadAsync(db, scope, add)).Select(s => s.TenantId);
    }

    private async Task<List<Site>> ReadAsync(PortalDb db, TenantScope scope, Func<PageReads, List<Site>> add)
    {
        var reads = new PageReads(pool, new PortalModel(pool), db, scope);
        var sites = add(reads);
        await reads.RunAsync(Cancel);
        return sites;
    }

    private static TenantScope Of(TenantId client)
    {
        var scope = new TenantScope();
        scope.SetClient(client);
        return scope;
    }

    private PortalDb Open(TenantScope scope) => new PortalDb(new DbContextOptionsBuilder<PortalDb>().UseNpgsql(pool).AddInterceptors(portal.Services.GetRequiredService<ScopeInterceptor>()).Options).In(scope);
}
