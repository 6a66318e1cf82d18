using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Tests.Jobs;

/// <summary>Kinds of its own, so that the running worker, which knows no handler for them, leaves them alone.</summary>
public sealed class JobHeadsTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly DateTimeOffset Now = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private JobHeads Heads => portal.Services.GetRequiredService<JobHeads>();

    [Fact]
    public async Task Workers_that_claim_at_once_never_get_the_same_head()
    {
        for (var i = 0; i < 40; i++) await AddAsync(portal.World.Acorn.Id, "claim-once");
        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ClaimAllAsync("claim-once")));
        var ids = claimed.SelectMany(jobs => jobs.Select(job => job.Id)).ToList();
        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_late_finisher_is_refused_and_the_new_holder_is_not()
    {
        await AddAsync(portal.World.Acorn.Id, "fenced");
        var first = Assert.Single(await Heads.ClaimAsync(["fenced"], 4, Now, Lease, Cancel));
        Assert.Empty(await Heads.ClaimAsync(["fenced"], 4, Now + TimeSpan.FromMinutes(1), Lease, Cancel));
        var second = Assert.Single(await Heads.ClaimAsync(["fenced"], 4, Now + TimeSpan.FromMinutes(3), Lease, Cancel));
        Assert.Equal(2, second.Attempts);
        Assert.False(await Heads.FinishAsync(first, Now, Cancel));
        Assert.True(await Heads.FinishAsync(second, Now, Cancel));
        Assert.Empty(await Heads.ClaimAsync(["fenced"], 4, Now + TimeSpan.FromDays(1), Lease, Cancel));
    }

    [Fact]
    public async Task A_client_with_one_head_does_not_wait_behind_a_client_with_fifty()
    {
        for (var i = 0; i < 50; i++) await AddAsync(portal.World.Acorn.Id, "fair", Now.AddMinutes(-60));
        await AddAsync(portal.World.Birch.Id, "fair");
        var claimed = await Heads.ClaimAsync(["fair"], 4, Now, Lease, Cancel);
        Assert.Contains(claimed, job => job.TenantId == portal.World.Birch.Id);
        Assert.Contains(claimed, job => job.TenantId == portal.World.Acorn.Id);
    }

    [Fact]
    public async Task A_postponed_head_waits_and_a_dead_one_never_comes_back()
    {
        await AddAsync(portal.World.Acorn.Id, "waits");
        var job = Assert.Single(await Heads.ClaimAsync(["waits"], 4, Now, Lease, Cancel));
        Assert.True(await Heads.PostponeAsync(job, Now.AddSeconds(30), Cancel));
        Assert.Empty(await Heads.ClaimAsync(["waits"], 4, Now.AddSeconds(29), Lease, Cancel));
        var again = Assert.Single(await Heads.ClaimAsync(["waits"], 4, Now.AddSeconds(31), Lease, Cancel));
        Assert.True(await Heads.BuryAsync(again, Now, Cancel));
        Assert.Empty(await Heads.ClaimAsync(["waits"], 4, Now.AddDays(1), Lease, Cancel));
    }

    [Fact]
    public async Task Work_is_not_due_before_its_time()
    {
        await AddAsync(portal.World.Acorn.Id, "later", Now.AddMinutes(15));
        Assert.Empty(await Heads.ClaimAsync(["later"], 4, Now.AddMinutes(14), Lease, Cancel));
        Assert.Single(await Heads.ClaimAsync(["later"], 4, Now.AddMinutes(15), Lease, Cancel));
    }

    [Fact]
    public async Task A_head_is_rolled_back_with_the_rows_it_is_about()
    {
        await Assert.ThrowsAsync<DbUpdateException>(() => portal.AsAsync(portal.World.Acorn.Id, async services =>
        {
            services.GetRequiredService<JobQueue>().Add(portal.World.Acorn.Id, "rolled-back", null, Now);
            services.GetRequiredService<PortalDb>().Add(new Domain.People.Site { TenantId = portal.World.Birch.Id, Name = "forged" });
            await services.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel);
        }));
        await AddAsync(portal.World.Acorn.Id, "kept");
        Assert.Equal(["kept"], await Server.ListAsync<string>(portal.Owner, "select kind from job where kind in ('rolled-back', 'kept')"));
    }

    [Fact]
    public void Tries_come_slower_and_slower() => Assert.Equal([2, 8, 32, 128, 512, 3600], Enumerable.Range(1, 6).Select(tries => (int)JobWorker.BackOff(tries).TotalSeconds));

    private Task AddAsync(TenantId client, string kind, DateTimeOffset? dueAt = null) => portal.AsAsync(client, async services =>
    {
        services.GetRequiredService<JobQueue>().Add(client, kind, Guid.NewGuid(), dueAt ?? Now);
        await services.GetRequiredService<PortalDb>().SaveChangesAsync(Cancel);
    });

    private async Task<List<Job>> ClaimAllAsync(string kind)
    {
        var all = new List<Job>();
        // another worker may hold the rows this one looked at, so an empty answer is no end
        for (var empty = 0; empty < 5;)
        {
            var some = await Heads.ClaimAsync([kind], 3, Now, Lease, Cancel);
            all.AddRange(some);
            empty = some.Count == 0 ? empty + 1 : 0;
        }
        return all;
    }
}
