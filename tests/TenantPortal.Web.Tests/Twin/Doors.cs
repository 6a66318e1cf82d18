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
    /// <summary>It reads its fields from a JSON body.</summary>
    public bool IsJson { get; init; }

    public bool IsOfPrograms => Template.StartsWith("/api/", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Template}{(Handler is { Length: > 0 } ? "?handler=" + Handler : "")}";
}

/// <summary>Finds every page handler and endpoint in the running program itself, so that a new one cannot be forgotten.</summary>
public static class Doors
{
    // the keys of answers that name something of a client: chips of a report, facts of a request
    private static readonly string[] Chips = ["device", "system", "site"], Facts = ["Device", "Site"];

    public static async Task<IReadOnlyList<Way>> AllAsync(IServiceProvider services)
    {
        var ways = new List<Way>();
        var loader = services.GetRequiredService<PageLoader>();
        foreach (var page in services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            foreach (var template in Templates("/" + page.AttributeRouteInfo!.Template)) ways.AddRange(OfPage(compiled, template));
        }
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is null))
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var template = "/" + endpoint.RoutePattern.RawText!.Trim('/');
                var reads = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Where(p => p.Name is { } name && !Values(template).Contains(name) && IsBound(p.ParameterType)).SelectMany(p => Flat(p.Name!, p.ParameterType)) ?? [];
                var body = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().FirstOrDefault(p => p.GetCustomAttribute<FromBodyAttribute>() is not null)?.ParameterType;
                var isJson = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts && accepts.ContentTypes.Any(t => t.Contains("json", StringComparison.Ordinal));
                if (isJson && body is null) throw new InvalidOperationException($"{template} reads JSON into nothing that is known here. Teach Doors its body.");
                ways.Add(new(template, method, null, Values(template), [.. isJson ? InBody(body) : reads]) { IsJson = isJson });
            }
        return [.. ways.DistinctBy(w => w.ToString()).OrderBy(w => w.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Every way of this one page, a handler each; a page that only answers forms can still be asked for.</summary>
    private static IEnumerable<Way> OfPage(CompiledPageActionDescriptor page, string template)
    {
        var names = Values(template);
        foreach (var handler in page.HandlerMethods)
        {
            var method = handler.HttpMethod.ToUpperInvariant();
            yield return new(template, method, handler.Name, names, [.. Bound(page.ModelTypeInfo!, method), .. handler.Parameters.Where(p => !names.Contains(p.Name) && IsBound(p.ParameterType)).SelectMany(p => Flat(p.Name, p.ParameterType))]);
        }
        if (!page.HandlerMethods.Any(h => h.HttpMethod.Equals("GET", StringComparison.OrdinalIgnoreCase))) yield return new(template, "GET", null, names, [.. Bound(page.ModelTypeInfo!, "GET")]);
    }

    // what may be left out is a way of its own
    private static IEnumerable<string> Templates(string template) => template.EndsWith("?}", StringComparison.Ordinal) ? [template.Replace("?}", "}", StringComparison.Ordinal), template[..template.LastIndexOf('/')]] : [template];

    private static List<string> Values(string template) => [.. System.Text.RegularExpressions.Regex.Matches(template, @"\{\*{0,2}(?<name>[a-zA-Z]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["name"].Value)];

    private static IEnumerable<(string, Type)> Bound(Type model, string method) => model.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(p => (Property: p, Binds: p.GetCustomAttribute<BindPropertyAttribute>())).Where(p => p.Binds is not null && (method != "GET" || p.Binds.SupportsGet))
        .SelectMany(p => Flat(p.Binds!.Name ?? p.Property.Name, p.Property.PropertyType));

    private static bool IsBound(Type type) => type != typeof(CancellationToken) && !type.IsInterface && !(type.Namespace?.StartsWith("TenantPortal.Web.Infrastructure", StringComparison.Ordinal) ?? false) && !typeof(Microsoft.AspNetCore.Http.HttpContext).IsAssignableFrom(type) && (type.IsValueType || type == typeof(string) || type.IsArray || type.IsGenericType);

    private static IEnumerable<(string, Type)> InBody(Type? body) => body?.GetProperties().Select(p => (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name), Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType)) ?? [];

    private static IEnumerable<(string, Type)> Flat(string name, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsPrimitive || bare.IsEnum || bare == typeof(string) || bare == typeof(Guid) || bare == typeof(DateOnly) || bare == typeof(DateTimeOffset) || bare == typeof(decimal)) return [(name, bare)];
        if (bare == typeof(Dictionary<string, string?>)) return (name == "Answers" ? Chips : Facts).Select(key => ($"{name}[{key}]", typeof(string)));
        if (bare.IsGenericType && bare.GetGenericTypeDefinition() == typeof(List<>)) return [(name, bare.GetGenericArguments()[0])];
        return bare.Namespace?.StartsWith("TenantPortal", StringComparison.Ordinal) == true ? bare.GetProperties().Where(p => p.CanWrite).SelectMany(p => Flat($"{name}.{p.Name}", p.PropertyType)) : [];
    }
}
