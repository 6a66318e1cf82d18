using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Rotas, paths and outside channels, kept in memory and refreshed when the database says that they changed.</summary>
public sealed class OnCallDirectory : IDisposable
{
    private sealed record Snapshot(List<Rota> Rotas, List<StandIn> StandIns, List<TimeOff> TimesOff, List<EscalationPath> Paths, List<Hook> Hooks, List<TeamHours> Teams, List<PushSubscription> Pushes);

    private readonly IDbContextFactory<DirectoryDb> databases;
    private readonly StaffDirectory staff;
    private readonly SemaphoreSlim reading = new(1);
    private volatile Snapshot now = new([], [], [], [], [], [], []);

    public OnCallDirectory(IDbContextFactory<DirectoryDb> databases, StaffDirectory staff, Signals signals)
    {
        (this.databases, this.staff) = (databases, staff);
        signals.Heard += (channel, payload) => { if (channel == "directory") _ = RefreshAsync(CancellationToken.None); };
        signals.Reconnected += () => _ = RefreshAsync(CancellationToken.None);
    }

    public OnCallRoster Roster => now is var known ? new(known.Rotas, known.StandIns, known.TimesOff, [.. staff.All]) : null!;
    public IReadOnlyList<Hook> Hooks => now.Hooks;
    /// <summary>The same list until something here changes.</summary>
    public IReadOnlyList<TeamHours> Teams => now.Teams;
    /// <summary>The browsers in which staff are called.</summary>
    public IReadOnlyList<PushSubscription> Pushes => now.Pushes;
    /// <summary>Every version that anybody wrote, the newest first.</summary>
    public IReadOnlyList<EscalationPath> Versions => now.Paths;

    /// <summary>The version in force under this name; the built-in one for the two names that always exist.</summary>
    public EscalationPath? Path(string key) => now.Paths.Find(p => p.Key == key && p.State == PathState.InForce) ?? (key is EscalationPath.Urgent or EscalationPath.Standard ? EscalationPath.BuiltIn(key) : null);

    /// <summary>The path a ticket follows: the one its clause names, else the one of its weight.</summary>
    public EscalationPath PathOf(Ticket ticket) => (ticket.Path is { } named ? Path(named) : null) ?? Path(EscalationPath.KeyFor(ticket))!;

    /// <summary>Whom a path's "lead" means on this ticket, in the order of calling: whom the clause names, then the path's own.</summary>
    public IReadOnlyList<string> LeadsOf(Ticket ticket, EscalationPath path) => ticket.Path is { } named && named != path.Key ? [named, path.Lead] : [path.Lead];

    public async Task RefreshAsync(CancellationToken cancel)
    {
        // one at a time: a slow reading of older rows must not replace a newer one
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            now = new(
                await db.Rotas.AsNoTracking().OrderBy(r => r.Name).ToListAsync(cancel), await db.StandIns.AsNoTracking().OrderBy(s => s.FromAt).ToListAsync(cancel), await db.TimesOff.AsNoTracking().OrderBy(t => t.FromAt).ToListAsync(cancel),
                await db.Paths.AsNoTracking().OrderBy(p => p.Key).ThenByDescending(p => p.Number).ToListAsync(cancel), await db.Hooks.AsNoTracking().OrderBy(h => h.Name).ToListAsync(cancel), await db.TeamHours.AsNoTracking().OrderBy(t => t.Queue).ToListAsync(cancel), await db.Pushes.AsNoTracking().OrderBy(p => p.MadeAt).ToListAsync(cancel));
        }
        finally { reading.Release(); }
    }

    /// <summary>Adds rotas that a file brings in.</summary>
    public async Task AddAsync(IReadOnlyList<Rota> rotas, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.AddRange(rotas);
        await db.SaveChangesAsync(cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>A browser that subscribes anew takes the place of what it was.</summary>
    public async Task AddPushAsync(PushSubscription push, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            db.RemoveRange(await db.Pushes.Where(p => p.Endpoint == push.Endpoint).ToListAsync(cancel));
            await db.SaveChangesAsync(cancel);
            db.Add(push);
            await db.SaveChangesAsync(cancel);
        }
        await RefreshAsync(cancel);
    }

    public async Task RemovePushAsync(Guid id, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel)) await db.Pushes.Where(p => p.Id == id).ExecuteDeleteAsync(cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>Changes rows in the transaction that writes down why. Refresh when it is committed.</summary>
    public static async Task ChangeAsync(Func<OnCallRows, Task> change, DbTransaction transaction, CancellationToken cancel)
    {
        await using var db = new DirectoryDb(new DbContextOptionsBuilder<DirectoryDb>().UseNpgsql(transaction.Connection!).Options);
#pragma warning disable RS0030 // no SQL: EF keeps joining a transaction among its raw SQL
        await db.Database.UseTransactionAsync(transaction, cancel);
#pragma warning restore RS0030
        await change(new(db));
        await db.SaveChangesAsync(cancel);
    }

    public void Dispose() => reading.Dispose();
}

/// <summary>The rows of rotas, paths and channels, inside one change.</summary>
public sealed class OnCallRows(DirectoryDb db)
{
    public void Add(object row) => db.Add(row);

    public Task<Rota> RotaAsync(Guid id, CancellationToken cancel) => db.Rotas.SingleAsync(r => r.Id == id, cancel);

    public Task<List<EscalationPath>> PathsAsync(string key, CancellationToken cancel) => db.Paths.Where(p => p.Key == key).ToListAsync(cancel);

    public Task RemoveStandInAsync(Guid id, CancellationToken cancel) => db.StandIns.Where(s => s.Id == id).ExecuteDeleteAsync(cancel);

    public Task RemoveTimeOffAsync(Guid id, CancellationToken cancel) => db.TimesOff.Where(t => t.Id == id).ExecuteDeleteAsync(cancel);

    public Task RemoveTeamHoursAsync(string queue, CancellationToken cancel) => db.TeamHours.Where(t => t.Queue == queue).ExecuteDeleteAsync(cancel);

    public Task RemoveHookAsync(Guid id, CancellationToken cancel) => db.Hooks.Where(h => h.Id == id).ExecuteDeleteAsync(cancel);
}
