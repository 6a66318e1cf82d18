using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Search;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>Keeps each client's analysed guides in its own rows, so that a client that was idle, or a process that starts, need not read and cut them anew.</summary>
public sealed class IndexPacks(TimeProvider time, ILogger<IndexPacks> log)
{
    /// <summary>So many guides are read and cut in a few milliseconds; more are worth a pack.</summary>
    public const int WorthKeeping = 64;

    /// <summary>Null where there is none that this build can use: the guides themselves are read then.</summary>
    public async Task<ClientKnowledge?> ReadAsync(PortalDb db, TenantId client, long generation, Synonyms synonyms, CancellationToken cancel)
    {
        // one ahead of the database is of a time that was taken back
        if (await db.IndexPacks.AsNoTracking().FirstOrDefaultAsync(p => p.TenantId == client && p.Generation <= generation, cancel) is not { } pack) return null;
        try { return LibraryPack.Read(pack.Bytes, synonyms); }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            log.LogWarning(e, "The packed index of client {Client} is broken; its guides are read instead", client);
            return null;
        }
    }

    public async Task KeepAsync(PortalDb db, TenantId client, ClientKnowledge knowledge)
    {
        try { await db.KeepPackAsync(client, knowledge.Generation, LibraryPack.Of(knowledge), time.GetUtcNow(), CancellationToken.None); }
        catch (Exception e) { log.LogWarning(e, "The index of client {Client} could not be packed; it comes back from its guides", client); }
    }
}
