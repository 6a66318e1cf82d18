using System.Collections.Frozen;
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
