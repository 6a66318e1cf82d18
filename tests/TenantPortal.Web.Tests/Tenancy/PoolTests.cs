using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Tenancy;

/// <summary>20,000 mixed pieces of work of 50 clients over 4 connections and a few contexts, some cancelled, some without a scope: no row of another client, ever.</summary>
public sealed class PoolTests(Portal portal, ITestOutputHelper output) : IClassFixture<Portal>
{
    private const int Clients = 50, Pieces = 20_000;
    private int reads, writes, cancelled, scopeless, wrong;

    [Fact]
    public async Task A_pooled_connection_or_context_never_keeps_a_client()
    {
        await using var pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(portal.App) { MaxPoolSize = 4, Timeout = 60 });
        var options = new DbContextOptionsBuilder<PortalDb>().UseNpgsql(pool).AddInterceptors(portal.Services.GetRequiredService<ScopeInterceptor>()).Options;
        var contexts = new PooledDbContextFactory<PortalDb>(options, poolSize: 8);
        var clients = Enumerable.Range(0, Clients).Select(_ => TenantId.New()).ToArray();
        foreach (var client in clients)
        {
            await using var db = Open(contexts, client);
            db.Add(new Site { TenantId = client, Name = client.ToString() });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await Parallel.ForEachAsync(Enumerable.Range(0, Pieces), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (n, _) => await PieceAsync(contexts, clients[n * 7919 % Clients], n));
        output.WriteLine($"{reads} reads, {writes} writes, {cancelled} cancelled, {scopeless} without a scope, wrong rows: {wrong}");
        Assert.Equal(0, wrong);
        Assert.True(reads > 10_000 && writes > 1_000 && cancelled > 200 && scopeless > 500, "the mix did not happen");
    }

    private async Task PieceAsync(PooledDbContextFactory<PortalDb> contexts, TenantId client, int n)
    {
        using var cancel = new CancellationTokenSource();
        if (n % 10 == 3) cancel.CancelAfter(TimeSpan.FromMilliseconds(n % 3));
        try
        {
            await using var db = Open(contexts, n % 20 == 7 ? null : client);
            if (n % 20 == 7) { Count(await db.Sites.IgnoreQueryFilters().Select(s => s.TenantId).ToListAsync(cancel.Token), []); Interlocked.Increment(ref scopeless); return; }
            if (n % 8 == 1)
            {
                await db.Sites.Where(s => s.Name != "").ExecuteUpdateAsync(s => s.SetProperty(x => x.PeopleCount, n), cancel.Token);
                Interlocked.Increment(ref writes);
                return;
            }
            if (n % 8 == 2)
            {
                var site = await db.Sites.SingleAsync(cancel.Token);
                site.Phone = $"{n}";
                await db.SaveChangesAsync(cancel.Token);
                Interlocked.Increment(ref writes);
                return;
            }
            Count(await db.Sites.IgnoreQueryFilters().Select(s => s.TenantId).ToListAsync(cancel.Token), [client]);
            Interlocked.Increment(ref reads);
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is OperationCanceledException or DbUpdateException or NpgsqlException) { Interlocked.Increment(ref cancelled); }
    }

    private void Count(List<TenantId> seen, TenantId[] expected)
    {
        if (!seen.SequenceEqual(expected)) Interlocked.Increment(ref wrong);
    }

    private static PortalDb Open(PooledDbContextFactory<PortalDb> contexts, TenantId? client)
    {
        var scope = new TenantScope();
        if (client is { } one) scope.SetClient(one);
        return contexts.CreateDbContext().In(scope);
    }
}
