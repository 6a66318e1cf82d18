using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Tests.Tenancy;

/// <summary>What a unit of work adds in one round trip: whole or not at all, and in its own client alone.</summary>
public sealed class NewRowsTests(Portal portal) : IClassFixture<Portal>
{
    private TenantId Ours => portal.World.Acorn.Id;
    private TenantId Theirs => portal.World.Birch.Id;

    [Fact]
    public async Task Rows_of_several_tables_are_written_with_what_the_database_makes()
    {
        var job = await InAsync(async db =>
        {
            var site = new Site { TenantId = Ours, Name = "Depot", PeopleCount = 3 };
            var added = new Job { TenantId = Ours, Kind = "nothing", RefId = site.Id.Value, DueAt = TimeProvider.System.GetUtcNow().AddYears(1) };
            db.AddRange(site, added);
            await db.SaveNewAsync([new Site { TenantId = Ours, Name = "Yard", Phone = "1" }], Cancel);
            Assert.Empty(db.ChangeTracker.Entries());
            return added;
        });
        Assert.True(job.CreatedAt > TimeProvider.System.GetUtcNow().AddMinutes(-5), "made by the database");
        var sites = await InAsync(db => db.Sites.Where(s => s.Name == "Depot" || s.Name == "Yard").OrderBy(s => s.Name).ToListAsync(Cancel));
        Assert.Equal([("Depot", 3, null), ("Yard", 0, "1")], sites.Select(s => (s.Name, s.PeopleCount, s.Phone)));
        Assert.Equal(job.RefId, sites[0].Id.Value);
    }

    [Fact]
    public async Task A_row_that_is_refused_takes_all_others_with_it()
    {
        // the last statement of all, which returns nothing
        await Assert.ThrowsAsync<DbUpdateException>(() => InAsync(async db =>
        {
            db.AddRange(Decision("{}") , Decision("no JSON"), new Device { TenantId = Ours, Name = "Half-written" });
            await db.SaveNewAsync([], Cancel);
            return 0;
        }));
        await Assert.ThrowsAsync<DbUpdateException>(() => InAsync(async db =>
        {
            db.AddRange(new Device { TenantId = Ours, Name = "Half-written" }, new TicketNote { TenantId = Ours, TicketId = TicketId.New(), At = TimeProvider.System.GetUtcNow(), StaffId = Guid.NewGuid(), AuthorName = "Nobody", Text = "Of no ticket" });
            await db.SaveNewAsync([], Cancel);
            return 0;
        }));
        Assert.Equal(0, await InAsync(db => db.Devices.CountAsync(d => d.Name == "Half-written", Cancel)));
    }

    [Fact]
    public async Task Nothing_is_written_into_another_client()
    {
        await Assert.ThrowsAsync<DbUpdateException>(() => InAsync(async db =>
        {
            db.AddRange(new Site { TenantId = Ours, Name = "Beside" }, new Site { TenantId = Theirs, Name = "Beside" });
            await db.SaveNewAsync([], Cancel);
            return 0;
        }));
        Assert.Equal(0, await InAsync(db => db.Sites.CountAsync(s => s.Name == "Beside", Cancel)));
    }

    [Fact]
    public async Task What_is_gone_already_may_be_removed_again()
    {
        var draft = new ReportDraft { TenantId = Ours, ContactId = portal.World.Acorn.Employee.Id.Value, Form = "{}", UpdatedAt = TimeProvider.System.GetUtcNow() };
        await InAsync(async db => { db.Add(draft); await db.SaveNewAsync([], Cancel); return 0; });
        for (var i = 0; i < 2; i++) await InAsync(async db => { db.Remove(draft); db.Add(new Site { TenantId = Ours, Name = "Again" }); await db.SaveNewAsync([], Cancel); return 0; });
        Assert.Equal((0, 2), await InAsync(async db => (await db.ReportDrafts.CountAsync(d => d.Id == draft.Id, Cancel), await db.Sites.CountAsync(s => s.Name == "Again", Cancel))));
    }

    [Fact]
    public async Task A_changed_row_is_refused_before_anything_is_sent()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => InAsync(async db =>
        {
            (await db.Sites.FirstAsync(Cancel)).Phone = "2";
            await db.SaveNewAsync([], Cancel);
            return 0;
        }));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DecisionRecord Decision(string inputs) => new() { TenantId = Ours, Kind = "test", At = TimeProvider.System.GetUtcNow(), Inputs = inputs, Output = "{}" };

    private Task<T> InAsync<T>(Func<PortalDb, Task<T>> work) => portal.AsAsync(Ours, services => work(services.GetRequiredService<PortalDb>()));
}
