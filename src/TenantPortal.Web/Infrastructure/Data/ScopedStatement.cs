#pragma warning disable RS0030 // raw SQL: for statements that EF cannot say, over the unit of work's own connection
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

internal static class ScopedStatement
{
    /// <summary>Runs one statement in the unit of work's scope and transaction, in one round trip, and returns its rows. The values are $1, $2 and so on.</summary>
    public static async Task<List<T>> RunAsync<T>(this PortalDb db, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel, params NpgsqlParameter[] values)
    {
        await db.HoldConnectionAsync(cancel);
        try
        {
            await using var batch = db.Batch();
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(values);
            batch.BatchCommands.Add(command);
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            List<T> rows = [];
            while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
            return rows;
        }
        finally { await db.Database.CloseConnectionAsync(); }
    }

    /// <summary>A batch over the unit of work's open connection that begins with its scope, which holds for the batch alone.</summary>
    public static NpgsqlBatch Batch(this PortalDb db) =>
        new((NpgsqlConnection)db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction) { BatchCommands = { PageReads.InScope(db.Scope) } };
}
