using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Every client by its address, host, prefix and id, kept in memory and refreshed when the database says that it changed.</summary>
public sealed class ClientDirectory : IDisposable
{
    private readonly IDbContextFactory<DirectoryDb> databases;
    private readonly SemaphoreSlim reading = new(1);
    private volatile Snapshot now = new([]);

    public ClientDirectory(IDbContextFactory<DirectoryDb> databases, Signals signals)
    {
        this.databases = databases;
        signals.Heard += (channel, payload) => { if (channel == "directory") _ = RefreshAsync(CancellationToken.None); };
        signals.Reconnected += () => _ = RefreshAsync(CancellationToken.None);
    }

    public IReadOnlyList<Client> All => now.All;
    public Client Msp => now.All.FirstOrDefault(c => c.IsMsp) ?? throw new InvalidOperationException("The installation has no MSP yet. Run ./portal staff import staff.yml (docs/install.md), or ./run for the demo.");
    public Client? BySlug(string slug) => now.BySlug.GetValueOrDefault(slug);
    public Client? ByHost(string host) => now.ByHost.GetValueOrDefault(host);
    public Client? ByPrefix(string prefix) => now.ByPrefix.GetValueOrDefault(prefix);
    public Client? ById(TenantId id) => now.ById.GetValueOrDefault(id);

    public async Task RefreshAsync(CancellationToken cancel)
    {
        // one at a time: a slow reading of older rows must not replace a newer one
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            now = new(await db.Clients.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancel));
        }
        finally { reading.Release(); }
    }

    public void Dispose() => reading.Dispose();

    public async Task AddAsync(Client client, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(client);
        await db.SaveChangesAsync(cancel);
        await RefreshAsync(cancel);
    }

    /// <summary>Adds a client in the transaction that writes its first rows: both are there afterwards, or neither. Refresh when it is committed.</summary>
    public static async Task AddAsync(Client client, DbTransaction transaction, CancellationToken cancel)
    {
        await using var db = new DirectoryDb(new DbContextOptionsBuilder<DirectoryDb>().UseNpgsql(transaction.Connection!).Options);
#pragma warning disable RS0030 // no SQL: EF keeps joining a transaction among its raw SQL
        await db.Database.UseTransactionAsync(transaction, cancel);
#pragma warning restore RS0030
        db.Add(client);
        await db.SaveChangesAsync(cancel);
    }

    public async Task ChangeAsync(TenantId id, Action<Client> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        change(await db.Clients.SingleAsync(c => c.Id == id, cancel));
        await db.SaveChangesAsync(cancel);
        await RefreshAsync(cancel);
    }

    private sealed class Snapshot(List<Client> all)
    {
        public IReadOnlyList<Client> All { get; } = all;
        public FrozenDictionary<string, Client> BySlug { get; } = all.Where(c => c.IsActive).ToFrozenDictionary(c => c.Slug, StringComparer.Ordinal);
        public FrozenDictionary<string, Client> ByHost { get; } = all.Where(c => c.IsActive && c.Host is not null).ToFrozenDictionary(c => c.Host!, StringComparer.OrdinalIgnoreCase);
        public FrozenDictionary<string, Client> ByPrefix { get; } = all.ToFrozenDictionary(c => c.TicketPrefix, StringComparer.Ordinal);
        public FrozenDictionary<TenantId, Client> ById { get; } = all.ToFrozenDictionary(c => c.Id);
    }
}
