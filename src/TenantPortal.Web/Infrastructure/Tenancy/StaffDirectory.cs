using System.Collections.Frozen;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>The MSP's people with their rights, kept in memory; a change of rights counts from the next request on, in every process.</summary>
public sealed class StaffDirectory : IDisposable
{
    private readonly IDbContextFactory<DirectoryDb> databases;
    private readonly ConditionalWeakTable<StaffMember, StaffMember> loaded = [];
    private readonly SemaphoreSlim reading = new(1);
    private volatile FrozenDictionary<StaffId, StaffMember> byId = FrozenDictionary<StaffId, StaffMember>.Empty;

    public StaffDirectory(IDbContextFactory<DirectoryDb> databases, Signals signals)
    {
        this.databases = databases;
        signals.Heard += (channel, payload) => { if (channel == "directory") _ = RefreshAsync(CancellationToken.None); };
        signals.Reconnected += () => _ = RefreshAsync(CancellationToken.None);
    }

    /// <summary>Read-only copies: change a member through <see cref="ChangeAsync"/>.</summary>
    public IEnumerable<StaffMember> All => byId.Values.OrderBy(s => s.Name, StringComparer.Ordinal);
    public StaffMember? ById(StaffId id) => byId.GetValueOrDefault(id);
    public StaffMember? ByEmail(string email) { var normalized = email.Trim().ToLowerInvariant(); return byId.Values.FirstOrDefault(s => s.NormalizedEmail == normalized); }
    public StaffMember? ByKey(string key) => byId.Values.FirstOrDefault(s => s.Key == key);

    public async Task RefreshAsync(CancellationToken cancel)
    {
        // one at a time: a slow reading of older rows must not replace a newer one
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            byId = (await db.Staff.AsNoTracking().ToListAsync(cancel)).ToFrozenDictionary(s => s.Id);
        }
        finally { reading.Release(); }
    }

    public void Dispose() => reading.Dispose();

    public async Task AddAsync(StaffMember member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(member);
        await db.SaveChangesAsync(cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>Adds a member in the transaction that writes down why. Refresh when it is committed.</summary>
    public static async Task AddAsync(StaffMember member, DbTransaction transaction, CancellationToken cancel)
    {
        await using var db = await WithinAsync(transaction, cancel);
        db.Add(member);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Changes a member in the transaction that writes down why. False when no active operator would be left: then roll back. Refresh when it is committed.</summary>
    public static async Task<bool> ChangeAsync(StaffId id, Action<StaffMember> change, DbTransaction transaction, CancellationToken cancel)
    {
        await using var db = await WithinAsync(transaction, cancel);
        // one at a time: two operators who take each other's right away at the same moment would both see one left
        await db.Staff.ExecuteUpdateAsync(s => s.SetProperty(m => m.IsActive, m => m.IsActive), cancel);
        change(await db.Staff.SingleAsync(s => s.Id == id, cancel));
        await db.SaveChangesAsync(cancel);
        return (await db.Staff.AsNoTracking().Where(s => s.IsActive).Select(s => s.Roles).ToListAsync(cancel)).Exists(roles => roles.HasFlag(StaffRoles.Operator));
    }

    private static async Task<DirectoryDb> WithinAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var db = new DirectoryDb(new DbContextOptionsBuilder<DirectoryDb>().UseNpgsql(transaction.Connection!).Options);
#pragma warning disable RS0030 // no SQL: EF keeps joining a transaction among its raw SQL
        await db.Database.UseTransactionAsync(transaction, cancel);
#pragma warning restore RS0030
        return db;
    }

    /// <summary>A copy of one's own, to be changed and handed to <see cref="SaveAsync"/>.</summary>
    public async Task<StaffMember?> LoadAsync(StaffId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Staff.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } member) return null;
        loaded.Add(member, (StaffMember)db.Entry(member).OriginalValues.ToObject());
        return member;
    }

    /// <summary>Writes only what was changed in the copy: a sign-in that fails meanwhile must not bring back a right, a session or a used code.</summary>
    public async Task SaveAsync(StaffMember member, CancellationToken cancel)
    {
        if (!loaded.TryGetValue(member, out var before)) throw new InvalidOperationException($"{member.Key} is not a copy from {nameof(LoadAsync)}.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Attach(before).CurrentValues.SetValues(member);
        await db.SaveChangesAsync(cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>Accepts a TOTP step once, also when two requests bring the same code at the same moment.</summary>
    public async Task<bool> UseTotpStepAsync(StaffId id, long step, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Staff.Where(s => s.Id == id && s.LastTotpStep < step).ExecuteUpdateAsync(s => s.SetProperty(m => m.LastTotpStep, step), cancel) == 1;
    }

    /// <summary>Takes one recovery code out, also when two requests bring it at the same moment: the list must still be the one that was read.</summary>
    public async Task<bool> UseRecoveryCodeAsync(StaffId id, string read, string left, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Staff.Where(s => s.Id == id && s.RecoveryCodes == read).ExecuteUpdateAsync(s => s.SetProperty(m => m.RecoveryCodes, left), cancel) == 1;
    }

    public async Task ChangeAsync(StaffId id, Action<StaffMember> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        change(await db.Staff.SingleAsync(s => s.Id == id, cancel));
        await db.SaveChangesAsync(cancel);
        await RefreshAsync(cancel);
    }
}
