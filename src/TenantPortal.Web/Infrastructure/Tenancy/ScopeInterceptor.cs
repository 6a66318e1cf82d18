#pragma warning disable RS0030 // raw SQL: sends the scope ahead of each statement
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Sends the scope with the statement it guards: in front of a read, in the same batch, for that batch alone; or as the first
/// statement of a transaction, for that transaction alone. A connection in the pool never carries a scope.</summary>
public sealed class ScopeInterceptor : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Prefix = "select set_config('app.tenants', @scope_tenants, true), set_config('app.all', @scope_all, true);\n";

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) { Carry(command, eventData); return result; }
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) { Carry(command, eventData); return new(result); }
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) { Carry(command, eventData); return result; }
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) { Carry(command, eventData); return new(result); }

    // a scalar would read the prefix's result: EF asks for one only outside our own queries, and there the scope must not be missing in silence
    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => command.Transaction is null ? throw new InvalidOperationException("A scalar command runs only inside a transaction, where the scope is set.") : result;
    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => new(ScalarExecuting(command, eventData, result));

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        if (IsPrefixed(command)) result.NextResult();
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (IsPrefixed(command)) await result.NextResultAsync(cancellationToken);
        return result;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var command = Begin(connection, eventData, result);
        command.ExecuteNonQuery();
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = Begin(connection, eventData, result);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    private static DbCommand Begin(DbConnection connection, TransactionEndEventData eventData, DbTransaction transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Prefix;
        AddParameters(command, Scope(eventData));
        return command;
    }

    private static void Carry(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is not null || eventData.Context is not PortalDb) return;
        command.CommandText = Prefix + command.CommandText;
        AddParameters(command, Scope(eventData));
    }

    private static TenantScope Scope(DbContextEventData eventData) =>
        (eventData.Context as PortalDb ?? throw new InvalidOperationException("Only PortalDb opens transactions on tenant tables.")).Scope;

    private static void AddParameters(DbCommand command, TenantScope scope)
    {
        command.Parameters.Add(new NpgsqlParameter("scope_tenants", scope.Setting));
        command.Parameters.Add(new NpgsqlParameter("scope_all", scope.All ? "1" : ""));
    }

    private static bool IsPrefixed(DbCommand command) => command.CommandText.StartsWith(Prefix, StringComparison.Ordinal);
}
