using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Tenancy;

public sealed class ScopeTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_sees_its_own_people_and_nobody_elses_even_with_the_filter_dropped()
    {
        var seen = await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Contacts.IgnoreQueryFilters().Select(c => c.Email).ToListAsync(Cancel));
        Assert.Contains(portal.World.Acorn.Employee.Email, seen);
        Assert.DoesNotContain(seen, email => email.Contains(World.Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_scope_there_are_no_rows()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        Assert.Empty(await db.Contacts.IgnoreQueryFilters().ToListAsync(Cancel));
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetAll();
        Assert.NotEmpty(await db.Contacts.ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_row_for_another_client_is_refused_by_the_database()
    {
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => portal.AsAsync(portal.World.Acorn.Id, async s =>
        {
            var db = s.GetRequiredService<PortalDb>();
            db.Add(new Site { TenantId = portal.World.Birch.Id, Name = "forged" });
            await db.SaveChangesAsync(Cancel);
        }));
        Assert.Equal("42501", Assert.IsType<PostgresException>(refused.InnerException).SqlState);
    }

    [Fact]
    public async Task A_connection_goes_back_to_the_pool_without_a_scope()
    {
        await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Contacts.CountAsync(Cancel));
        await using var raw = portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from contact");
        Assert.Equal(0L, await raw.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Updates_and_deletes_by_query_stay_inside_the_scope()
    {
        var changed = await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Devices.IgnoreQueryFilters().ExecuteUpdateAsync(d => d.SetProperty(x => x.Serial, "A1"), Cancel));
        Assert.Equal(1, changed);
        Assert.Null(await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<PortalDb>().Devices.Select(d => d.Serial).SingleAsync(Cancel)));
    }
}
