using System.Collections.Frozen;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>The keys of programs, kept in memory by their hashes; one that is taken back no longer counts from the next request on, in every process.</summary>
public sealed class ApiTokens : IDisposable
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);
    private readonly IDbContextFactory<DirectoryDb> databases;
    private readonly ClientDirectory clients;
    private readonly StaffDirectory staff;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim reading = new(1);
    private volatile FrozenDictionary<string, ApiToken> byHash = FrozenDictionary<string, ApiToken>.Empty;

    public ApiTokens(IDbContextFactory<DirectoryDb> databases, ClientDirectory clients, StaffDirectory staff, Signals signals, TimeProvider time)
    {
        (this.databases, this.clients, this.staff, this.time) = (databases, clients, staff, time);
        signals.Heard += (channel, payload) => { if (channel == "directory" && payload == "api_token") _ = RefreshAsync(CancellationToken.None); };
        signals.Reconnected += () => _ = RefreshAsync(CancellationToken.None);
    }

    /// <summary>Newest first; also those that no longer count.</summary>
    public IEnumerable<ApiToken> All => byHash.Values.OrderByDescending(t => t.CreatedAt);

    public async Task RefreshAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            byHash = (await db.ApiTokens.AsNoTracking().ToListAsync(cancel)).ToFrozenDictionary(t => Convert.ToHexString(t.Hash), StringComparer.Ordinal);
        }
        finally { reading.Release(); }
    }

    /// <summary>A new token as it is shown once, and what is kept of it.</summary>
    public static (string Token, byte[] Hash) Make()
    {
        var token = ApiToken.Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (token, Hash(token));
    }

    /// <summary>Whose token the header carries, with the person whose rights it has; null for none, one that no longer counts, and one whose client or person was deactivated.</summary>
    public async Task<(ApiToken Token, StaffMember? Staff)?> HolderAsync(string header, CancellationToken cancel)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return null;
        var now = time.GetUtcNow();
        if (byHash.GetValueOrDefault(Convert.ToHexString(Hash(header["Bearer ".Length..].Trim()))) is not { } token || !token.Holds(now)) return null;
        var member = token.StaffId is { } id ? staff.ById(id) : null;
        if (token.StaffId is not null && member is not { IsActive: true }) return null;
        if (token.TenantId is { } client && clients.ById(client) is not { IsActive: true }) return null;
        if (token.LastUsedAt is null || now - token.LastUsedAt >= NotedEvery) await NoteAsync(token, now, cancel);
        return (token, member);
    }

    /// <summary>Adds a token in the transaction that writes down who made it. Refresh when it is committed.</summary>
    public static async Task AddAsync(ApiToken token, DbTransaction transaction, CancellationToken cancel)
    {
        await using var db = await WithinAsync(transaction, cancel);
        db.Add(token);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Takes a token back in the transaction that writes down who did it; false when it no longer counted.</summary>
    public static async Task<bool> RevokeAsync(Guid id, DateTimeOffset now, DbTransaction transaction, CancellationToken cancel)
    {
        await using var db = await WithinAsync(transaction, cancel);
        return await db.ApiTokens.Where(t => t.Id == id && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), cancel) == 1;
    }

    public void Dispose() => reading.Dispose();

    private async Task NoteAsync(ApiToken token, DateTimeOffset now, CancellationToken cancel)
    {
        token.LastUsedAt = now;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.ApiTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now), cancel);
    }

    private static async Task<DirectoryDb> WithinAsync(DbTransaction transaction, CancellationToken cancel)
    {
        var db = new DirectoryDb(new DbContextOptionsBuilder<DirectoryDb>().UseNpgsql(transaction.Connection!).Options);
#pragma warning disable RS0030 // no SQL: EF keeps joining a transaction among its raw SQL
        await db.Database.UseTransactionAsync(transaction, cancel);
#pragma warning restore RS0030
        return db;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
