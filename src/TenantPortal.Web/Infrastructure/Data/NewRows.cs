#pragma warning disable RS0030 // raw SQL: EF writes a statement for each row, and two more round trips for the transaction around them
using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

public static class NewRows
{
    /// <summary>Writes a unit of work that only adds and removes rows: one statement a table and one round trip, which commits as a whole or not at all.
    /// What is to be removed and is gone already is no failure. Afterwards nothing of it is tracked any more.</summary>
    /// <param name="more">New rows that are not tracked: watching a graph for changes costs more than writing it.</param>
    public static async Task SaveNewAsync(this PortalDb db, IEnumerable<object> more, CancellationToken cancel)
    {
        var tracked = db.ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)).ToList();
        if (tracked.Find(e => e.State == EntityState.Modified) is { } changed) throw new InvalidOperationException($"{changed.Metadata.DisplayName()} was changed: that is a save of its own.");
        var tables = tracked.Select(e => (Row: e.Entity, IsNew: e.State == EntityState.Added)).Concat(more.Select(row => (Row: row, IsNew: true)))
            .GroupBy(r => (r.IsNew, Table: NewRow.In(db.Model, r.Row.GetType()))).OrderBy(g => g.Key.IsNew).ThenBy(g => g.Key.Table.Depth)
            .SelectMany(g => g.Select(r => r.Row).GroupBy(row => g.Key.IsNew ? g.Key.Table.Given(row) : null).Select(s => (g.Key.Table, Rows: s.ToList(), Given: s.Key))).ToList();
        await db.HoldConnectionAsync(cancel);
        try
        {
            await using var batch = db.Batch();
            foreach (var (table, many, given) in tables) batch.BatchCommands.Add(given is null ? table.Delete(many) : table.Insert(many, given));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            // a statement that returns nothing has no result to step over
            foreach (var (table, many, given) in tables.Where(t => t.Given?.Contains('0') == true))
            {
                await reader.NextResultAsync(cancel);
                for (var i = 0; await reader.ReadAsync(cancel); i++) table.Return(reader, many[i], given!);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException) { throw new DbUpdateException("The rows could not be written: " + e.Message, e, tracked); }
        finally { await db.Database.CloseConnectionAsync(); }
        foreach (var row in tracked) row.State = EntityState.Detached;
    }
}

/// <summary>How rows of one table are added, with the model's own columns and conversions.</summary>
internal sealed class NewRow
{
    private static readonly ConcurrentDictionary<Type, NewRow> Known = new();

    private sealed record Column(string Name, IProperty Property, Func<object, object?> Read, NpgsqlTypes.NpgsqlDbType Type, Type Stored, Action<NpgsqlDataReader, int, object>? Take)
    {
        /// <summary>The database can make it.</summary>
        public bool IsMade => Take is not null;
        public bool IsList => Type.HasFlag(NpgsqlTypes.NpgsqlDbType.Array);

        public NpgsqlParameter One(object row) => new() { NpgsqlDbType = Type, Value = Read(row) ?? DBNull.Value };

        public NpgsqlParameter All(IReadOnlyList<object> rows)
        {
            var values = Array.CreateInstance(Stored, rows.Count);
            for (var i = 0; i < rows.Count; i++) values.SetValue(Read(rows[i]), i);
            return new() { NpgsqlDbType = Type | NpgsqlTypes.NpgsqlDbType.Array, Value = values };
        }
    }

    private readonly ConcurrentDictionary<(int Rows, string Given), (string Text, List<Column> Sent)> texts = new();
    private readonly string table;
    private readonly List<Column> columns;
    private readonly List<Column> key;

    private NewRow(IEntityType type)
    {
        table = type.GetTableName()!;
        Depth = DepthOf(type, []);
        columns = [.. type.GetProperties().Where(p => !p.IsShadowProperty()).Select(ColumnOf)];
        key = [.. type.FindPrimaryKey()!.Properties.Select(ColumnOf)];
    }

    /// <summary>0 where no other table is referred to; a row comes after those it refers to.</summary>
    public int Depth { get; }

    public static NewRow In(IModel model, Type row) => Known.GetOrAdd(row, t => new(model.FindEntityType(t) ?? throw new InvalidOperationException($"{t.Name} is no table.")));

    /// <summary>Which of the values that the database can make were given, one sign a value.</summary>
    public string Given(object row) => string.Concat(columns.Where(c => c.IsMade).Select(c => Equals(c.Property.GetGetter().GetClrValue(row), c.Property.Sentinel) ? '0' : '1'));

    public NpgsqlBatchCommand Insert(IReadOnlyList<object> rows, string given)
    {
        // many rows travel as one list a column, so that the statement is the same however many they are, and stays prepared
        var isListed = rows.Count > 1 && !columns.Exists(c => c.IsList);
        var (text, sent) = texts.GetOrAdd((isListed ? 0 : rows.Count, given), key => (InsertText(Sent(given), Made(given), key.Rows), Sent(given)));
        var command = new NpgsqlBatchCommand(text);
        if (isListed) sent.ForEach(column => command.Parameters.Add(column.All(rows)));
        else foreach (var row in rows) sent.ForEach(column => command.Parameters.Add(column.One(row)));
        return command;
    }

    public NpgsqlBatchCommand Delete(IReadOnlyList<object> rows)
    {
        var command = new NpgsqlBatchCommand($"delete from {table} where ({string.Join(", ", key.Select(c => c.Name))}) in ({Places(rows.Count, key.Count)})");
        foreach (var row in rows)
            foreach (var column in key) command.Parameters.Add(column.One(row));
        return command;
    }

    /// <summary>Takes over what the database made.</summary>
    public void Return(NpgsqlDataReader reader, object row, string given)
    {
        foreach (var (column, i) in Made(given).Select((c, i) => (c, i))) column.Take!(reader, i, row);
    }

    /// <param name="rows">0: lists.</param>
    private string InsertText(List<Column> sent, List<Column> made, int rows) =>
        $"insert into {table} ({string.Join(", ", sent.Select(c => c.Name))}) "
        + (rows == 0 ? $"select * from unnest{Places(1, sent.Count)}" : $"values {Places(rows, sent.Count)}") + (made.Count == 0 ? "" : $" returning {string.Join(", ", made.Select(c => c.Name))}");

    private static string Places(int rows, int columns) =>
        string.Join(", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns + 1, columns).Select(n => $"${n}"))})"));

    private List<Column> Sent(string given) => Which(given, '1', alsoOthers: true);

    private List<Column> Made(string given) => Which(given, '0', alsoOthers: false);

    private List<Column> Which(string given, char sign, bool alsoOthers)
    {
        var at = 0;
        return columns.FindAll(c => c.IsMade ? given[at++] == sign : alsoOthers);
    }

    private static Column ColumnOf(IProperty property)
    {
        var (mapping, getter) = (property.GetRelationalTypeMapping(), property.GetGetter());
        using var command = new NpgsqlCommand();
        var type = ((NpgsqlParameter)mapping.CreateParameter(command, "p", null, nullable: true)).NpgsqlDbType;
        return new(property.GetColumnName(), property, mapping.Converter is { } converter ? row => converter.ConvertToProvider(getter.GetClrValue(row)) : getter.GetClrValue, type, Stored(property, mapping), property.ValueGenerated == ValueGenerated.Never ? null : Taking(property));
    }

    private static Type Stored(IProperty property, RelationalTypeMapping mapping)
    {
        var type = mapping.Converter?.ProviderClrType ?? property.ClrType;
        return property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    private static Action<NpgsqlDataReader, int, object> Taking(IProperty property)
    {
        var (reader, column, row) = (Expression.Parameter(typeof(NpgsqlDataReader)), Expression.Parameter(typeof(int)), Expression.Parameter(typeof(object)));
        var value = Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue), [property.ClrType], column);
        return Expression.Lambda<Action<NpgsqlDataReader, int, object>>(Expression.Assign(Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!), value), reader, column, row).Compile();
    }

    private static int DepthOf(IEntityType type, HashSet<IEntityType> below)
    {
        var depth = !below.Add(type) ? 0 : type.GetForeignKeys().Select(k => k.PrincipalEntityType == type ? 0 : 1 + DepthOf(k.PrincipalEntityType, below)).DefaultIfEmpty().Max();
        below.Remove(type);
        return depth;
    }
}
