using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>How our types become columns: typed ids as uuid, enums as their names, names in snake case.</summary>
public static class ColumnTypes
{
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Configure(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<Enum>().HaveConversion<string>();
        foreach (var id in typeof(TenantId).Assembly.GetTypes().Where(IsTypedId))
        {
            configuration.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
            configuration.Properties(typeof(List<>).MakeGenericType(id)).HaveConversion(typeof(IdListConverter<>).MakeGenericType(id), typeof(ListComparer<>).MakeGenericType(id));
        }
        configuration.Properties<List<Audience>>().HaveConversion<NameListConverter<Audience>, ListComparer<Audience>>();
    }

    public static void UseSnakeCase(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.ClrType.Name));
            foreach (var property in entity.GetProperties()) property.SetColumnName(Snake(property.Name));
        }
    }

    private static bool IsTypedId(Type type) => type is { IsValueType: true, IsEnum: false } && type.GetProperties(BindingFlags.Public | BindingFlags.Instance) is [{ Name: "Value" } only] && only.PropertyType == typeof(Guid);

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}

/// <summary>A typed id is stored as the uuid inside it.</summary>
public sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(Out, In) where TId : struct
{
    internal static readonly System.Linq.Expressions.Expression<Func<TId, Guid>> Out = Make<TId, Guid>(id => System.Linq.Expressions.Expression.Property(id, "Value"));
    internal static readonly System.Linq.Expressions.Expression<Func<Guid, TId>> In = Make<Guid, TId>(value => System.Linq.Expressions.Expression.New(typeof(TId).GetConstructor([typeof(Guid)])!, value));

    private static System.Linq.Expressions.Expression<Func<TFrom, TTo>> Make<TFrom, TTo>(Func<System.Linq.Expressions.ParameterExpression, System.Linq.Expressions.Expression> body)
    {
        var parameter = System.Linq.Expressions.Expression.Parameter(typeof(TFrom), "v");
        return System.Linq.Expressions.Expression.Lambda<Func<TFrom, TTo>>(body(parameter), parameter);
    }
}

/// <summary>A list of typed ids is stored as uuid[].</summary>
public sealed class IdListConverter<TId>() : ValueConverter<List<TId>, Guid[]>(list => list.Select(Unwrap).ToArray(), array => array.Select(Wrap).ToList()) where TId : struct
{
    private static readonly Func<TId, Guid> Unwrap = IdConverter<TId>.Out.Compile();
    private static readonly Func<Guid, TId> Wrap = IdConverter<TId>.In.Compile();
}

/// <summary>A list of our own enum is stored as text[] of its names.</summary>
public sealed class NameListConverter<T>() : ValueConverter<List<T>, string[]>(list => list.Select(v => v.ToString()!).ToArray(), array => array.Select(v => Enum.Parse<T>(v)).ToList()) where T : struct, Enum;

/// <summary>Two lists are equal when their members are.</summary>
public sealed class ListComparer<T>() : ValueComparer<List<T>>((a, b) => a == null ? b == null : b != null && a.SequenceEqual(b), list => list.Count, list => list.ToList());
