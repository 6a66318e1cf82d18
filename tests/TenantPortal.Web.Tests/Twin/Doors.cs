using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TenantPortal.Web.Tests.Twin;

/// <summary>One way into the program: an address template, a method, a page handler, and every field it reads.</summary>
/// <param name="Fields">Names and types of what query and form bind.</param>
public sealed record Way(string Template, string Method, string? Handler, IReadOnlyList<string> RouteValues, IReadOnlyList<(string Name, Type Type)> Fields)
{
    public override string ToString() => $"{Method} {Template}{(Handler is { Length: > 0 } ? "?handler=" + Handler : "")}";
}

/// <summary>Finds every page handler and endpoint in the running program itself, so that a new one cannot be forgotten.</summary>
public static class Doors
{
    public static async Task<IReadOnlyList<Way>> AllAsync(IServiceProvider services)
    {
        var ways = new List<Way>();
        var loader = services.GetRequiredService<PageLoader>();
        foreach (var page in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            var template = "/" + page.AttributeRouteInfo!.Template;
            var shared = Bound(compiled.ModelTypeInfo!);
            var handlers = compiled.HandlerMethods.DefaultIfEmpty(null);
            foreach (var handler in handlers)
                ways.Add(new(template, handler?.HttpMethod?.ToUpperInvariant() ?? "GET", handler?.Name, Values(template), [.. shared, .. handler is null ? [] : handler.Parameters.Where(p => !Values(template).Contains(p.Name) && IsBound(p.ParameterType)).SelectMany(p => Flat(p.Name, p.ParameterType))]));
            if (!compiled.HandlerMethods.Any(h => h.HttpMethod.Equals("GET", StringComparison.OrdinalIgnoreCase)) && compiled.HandlerMethods.Count > 0) ways.Add(new(template, "GET", null, Values(template), shared));
        }
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is null))
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var template = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
                var reads = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Where(p => p.Name is { } name && !Values(template).Contains(name) && IsBound(p.ParameterType)).SelectMany(p => Flat(p.Name!, p.ParameterType)) ?? [];
                ways.Add(new(template, method, null, Values(template), [.. reads]));
            }
        return [.. ways.DistinctBy(w => w.ToString()).OrderBy(w => w.ToString(), StringComparer.Ordinal)];
    }

    private static List<string> Values(string template) => [.. System.Text.RegularExpressions.Regex.Matches(template, @"\{\*{0,2}(?<name>[a-zA-Z]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value)];

    private static List<(string, Type)> Bound(Type model) =>
        [.. model.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(p => p.GetCustomAttribute<BindPropertyAttribute>() is not null).SelectMany(p => Flat(p.GetCustomAttribute<BindPropertyAttribute>()!.Name ?? p.Name, p.PropertyType))];

    private static bool IsBound(Type type) => type != typeof(CancellationToken) && !type.IsInterface && !(type.Namespace?.StartsWith("TenantPortal.Web.Infrastructure", StringComparison.Ordinal) ?? false) && !typeof(Microsoft.AspNetCore.Http.HttpContext).IsAssignableFrom(type) && (type.IsValueType || type == typeof(string) || type.IsArray || type.IsGenericType);

    private static IEnumerable<(string, Type)> Flat(string name, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsPrimitive || bare.IsEnum || bare == typeof(string) || bare == typeof(Guid) || bare == typeof(DateOnly) || bare == typeof(DateTimeOffset) || bare == typeof(decimal)) return [(name, bare)];
        if (bare.IsGenericType && bare.GetGenericTypeDefinition() == typeof(List<>)) return [(name, bare.GetGenericArguments()[0])];
        return bare.Namespace?.StartsWith("TenantPortal", StringComparison.Ordinal) == true ? bare.GetProperties().Where(p => p.CanWrite).SelectMany(p => Flat($"{name}.{p.Name}", p.PropertyType)) : [];
    }
}
