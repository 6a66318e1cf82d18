using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Reads an entity from a row of plain SQL with the model's own columns and conversions, for looking only: nothing tracks it.</summary>
internal sealed class EntityRow<T> where T : class
{
    private static EntityRow<T>? made;

    private EntityRow(IModel model)
    {
        var type = model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is no table.");
        var properties = type.GetProperties().Where(p => !p.IsShadowProperty()).ToList();
        Table = type.GetTableName()!;
        columns = [.. properties.Select(p => p.GetColumnName())];
        Read = Reading(properties);
    }

    private readonly string[] columns;
    public string Table { get; }
    public Func<NpgsqlDataReader, T> Read { get; }

    /// <summary>The columns in the order in which they are read, of the table under this name.</summary>
    public string Columns(string alias) => string.Join(", ", columns.Select(c => $"{alias}.{c}"));

    public static EntityRow<T> In(IModel model) => made ??= new(model);

    private static Func<NpgsqlDataReader, T> Reading(List<IProperty> properties)
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader), "reader");
        var row = Expression.Variable(typeof(T), "row");
        var steps = new List<Expression> { Expression.Assign(row, Expression.New(typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])!)) };
        steps.AddRange(properties.Select((property, column) => Expression.Assign(Expression.MakeMemberAccess(row, Member(property)), Value(reader, property, Expression.Constant(column)))));
        steps.Add(row);
        return Expression.Lambda<Func<NpgsqlDataReader, T>>(Expression.Block([row], steps), reader).Compile();
    }

    private static MemberInfo Member(IProperty property) => property.PropertyInfo is { CanWrite: true } settable ? settable : property.FieldInfo ?? throw new InvalidOperationException($"{property.DeclaringType.Name}.{property.Name} cannot be set.");

    private static Expression Value(ParameterExpression reader, IProperty property, ConstantExpression column)
    {
        var converter = property.GetRelationalTypeMapping().Converter;
        var stored = converter?.ProviderClrType ?? Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        Expression value = Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue), [stored], column);
        if (converter is not null) value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
        if (value.Type != property.ClrType) value = Expression.Convert(value, property.ClrType);
        return property.IsNullable ? Expression.Condition(Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), null, column), Expression.Default(property.ClrType), value) : value;
    }
}
