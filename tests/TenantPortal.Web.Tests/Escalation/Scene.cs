using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>A network lead on a rota, first Priya, then Sam, every hour of the week; the tills' clause calls it.</summary>
internal static class Scene
{
    public const string Role = "network-lead";

    public static async Task SetAsync(Portal portal)
    {
        await Desk.FurnishAsync(portal);
        var everyDay = Enum.GetValues<DayOfWeek>();
        await portal.WriteOnCallAsync(db =>
        {
            if (db.Rotas.Any(r => r.Key == Role)) return;
            db.Add(new Rota { Key = Role, Name = "Network lead", TimeZone = "Europe/London", Shifts = [new(everyDay, new(0, 0), new(0, 0), [portal.World.Priya.Id, portal.World.Sam.Id])] });
        });
        await portal.AsAsync(portal.World.Acorn.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            (await db.Clauses.SingleAsync(c => c.Title == "Till outage", Desk.Cancel)).Path = Role;
            await db.SaveChangesAsync(Desk.Cancel);
            services.GetRequiredService<Features.Triage.ClientProfiles>().Forget(portal.World.Acorn.Id);
        });
    }

    public static async Task WriteOnCallAsync(this Portal portal, Action<DirectoryDb> write)
    {
        await using (var db = await portal.Services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContextAsync(Desk.Cancel))
        {
            write(db);
            await db.SaveChangesAsync(Desk.Cancel);
        }
        await portal.Services.GetRequiredService<OnCallDirectory>().RefreshAsync(Desk.Cancel);
    }

    /// <summary>The urgent path with a hand-over that acts, approved by Sam; null: as it comes.</summary>
    public static Task FollowAsync(this Portal portal, Autonomy? handOver) => portal.WriteOnCallAsync(db =>
    {
        db.RemoveRange(db.Paths);
        if (handOver is not { } autonomy) return;
        var path = new EscalationPath { Key = EscalationPath.Urgent, Name = "Urgent", Number = 1, Lead = "service-lead", HandOver = autonomy, AuthorName = "Olive Ash", AuthorId = portal.World.Olive.Id.Value, WrittenAt = DateTimeOffset.UnixEpoch, Steps = [.. EscalationPath.BuiltIn(EscalationPath.Urgent).Steps] };
        Assert.Null(path.Approve(true, portal.World.Sam.Id.Value, "Sam Ash", _ => true, DateTimeOffset.UnixEpoch));
        db.Add(path);
    });

    public static Task<List<LeadCall>> CallsAsync(this Portal portal, Ticket ticket) =>
        portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().LeadCalls.AsNoTracking().Where(c => c.TicketId == ticket.Id).OrderBy(c => c.CalledAt).ThenBy(c => c.Number).ToListAsync(Desk.Cancel));

    public static Task<List<TakenStep>> StepsAsync(this Portal portal, Ticket ticket) =>
        portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().TakenSteps.AsNoTracking().Where(c => c.TicketId == ticket.Id).OrderBy(c => c.DecidedAt).ToListAsync(Desk.Cancel));

    public static Task<List<OutboxMessage>> SentAsync(this Portal portal, Ticket ticket, string stage) =>
        portal.AsAsync(ticket.TenantId, s => s.GetRequiredService<PortalDb>().Outbox.AsNoTracking().Where(m => m.TicketId == ticket.Id && m.Stage == stage).OrderBy(m => m.CreatedAt).ToListAsync(Desk.Cancel));

    /// <summary>Waits for the workers, at most ten seconds.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> isSo)
    {
        for (var wait = 0; ; wait++)
        {
            var found = await read();
            if (isSo(found)) return found;
            Assert.True(wait < 200, $"It did not come within ten seconds; there is {found}.");
            await Task.Delay(50, Desk.Cancel);
        }
    }

    public static Actor Actor(StaffMember member) => Desk.Of(member);
}
