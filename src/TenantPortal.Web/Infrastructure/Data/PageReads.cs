#pragma warning disable RS0030 // raw SQL: EF asks for one list a round trip
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Lists that one page needs, asked for and answered together: one round trip, in the request's scope, which travels in front of them and holds for
/// them alone. Every statement names its clients as well, by In or InScope; row-level security stands behind it.</summary>
public sealed class PageReads(NpgsqlDataSource database, PortalModel model, PortalDb db, TenantScope scope)
{
    private readonly List<(NpgsqlBatchCommand Command, Action<NpgsqlDataReader> Take)> reads = [];

    /// <summary>A list that is filled when all are read. The values are $1, $2 and so on.</summary>
    public List<T> Add<T>(string sql, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value);
        List<T> rows = [];
        reads.Add((command, reader => rows.Add(row(reader))));
        return rows;
    }

    /// <summary>Whole rows of one table, which the text calls "r".</summary>
    public List<T> Add<T>(string rest, params ReadOnlySpan<NpgsqlParameter> values) where T : class
    {
        var entity = EntityRow<T>.In(model.Made);
        return Add($"select {entity.Columns("r")} from {entity.Table} r {rest}", entity.Read, values);
    }

    /// <summary>Reads what was asked for since the last time.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (reads.Count == 0) return;
        var asked = reads.ToList();
        reads.Clear();
        // a unit of work that holds a connection must not wait for a second one, and inside its transaction its own rows count as well
        var held = db.Database.GetDbConnection() is NpgsqlConnection { State: ConnectionState.Open } open ? open : null;
        await using var rented = held is null ? await database.OpenConnectionAsync(cancel) : null;
        await using var batch = new NpgsqlBatch(held ?? rented, db.Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction);
        batch.BatchCommands.Add(InScope(scope));
        foreach (var (command, _) in asked) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var (_, take) in asked)
        {
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) take(reader);
        }
    }

    /// <summary>The first statement of a batch: the scope for the batch alone. What follows was written for one plan, and is not planned anew for each value.</summary>
    internal static NpgsqlBatchCommand InScope(TenantScope scope) =>
        new("select set_config('app.tenants', $1, true), set_config('app.all', $2, true), set_config('plan_cache_mode', 'force_generic_plan', true), case when $3 then set_config('synchronous_commit', 'off', true) end") { Parameters = { Of(scope.Setting), Of(scope.All ? "1" : ""), Of(scope.IsWrittenAgain) } };

    /// <summary>The client as a value; one out of scope is nobody.</summary>
    public NpgsqlParameter In(TenantId client) => Of(scope.All || scope.Tenants.Contains(client) ? client.Value : Guid.Empty);

    /// <summary>The clients in scope as a value; null: all.</summary>
    public NpgsqlParameter? InScope() => scope.All ? null : Of(scope.Tenants.Select(t => t.Value).ToArray());

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter OfText(string? value) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter OfUuid(Guid? value) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = value is { } known ? known : DBNull.Value };

    /// <summary>A value that may be missing; the statement says its type.</summary>
    public static NpgsqlParameter OfNullable<T>(T? value) where T : struct => new() { Value = value is { } known ? known : DBNull.Value };
}
