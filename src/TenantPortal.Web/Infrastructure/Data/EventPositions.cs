#pragma warning disable RS0030 // raw SQL: a snapshot of the server, no table
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Positions in the stream of all events. Ids are given before a commit, so a position is a transaction: every older one has ended.</summary>
public sealed class EventPositions(NpgsqlDataSource database)
{
    /// <summary>The oldest transaction that is still running; what comes later than this moment was written by it or by a newer one.</summary>
    public async Task<ulong> NowAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select pg_snapshot_xmin(pg_current_snapshot())");
        return (ulong)(await command.ExecuteScalarAsync(cancel))!;
    }
}
