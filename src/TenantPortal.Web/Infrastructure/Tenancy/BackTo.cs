using Microsoft.AspNetCore.WebUtilities;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Where to go after signing in: only an address behind the same door, never one given by a stranger.</summary>
public static class BackTo
{
    public static string? Inside(string? back, string door) =>
        back is not null && (back == door || back.StartsWith(door + "/", StringComparison.Ordinal)) && !back.Contains('\\', StringComparison.Ordinal) && !back.Any(char.IsControl) ? back : null;

    /// <summary>The page that a form was sent from, as the browser names it; null when that is another host's or another door's.</summary>
    public static string? SentFrom(HttpRequest request, string door, Client? client)
    {
        if (request.GetTypedHeaders().Referer is not { IsAbsoluteUri: true } page || page.Authority != request.Host.Value) return null;
        var path = page.AbsolutePath;
        // on its own host name a client's pages may do without the door
        if (client?.Host is { } own && own.Equals(page.Host, StringComparison.OrdinalIgnoreCase) && !path.StartsWith("/c/", StringComparison.Ordinal)) path = door + (path == "/" ? "" : path);
        // the form's own handler takes no visits
        return Inside(TakeOut(path + page.Query, "handler").Address, door);
    }

    /// <summary>One value of an address, and the address without it.</summary>
    public static (string Address, string? Value) TakeOut(string address, string name)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return (address, null);
        var values = QueryHelpers.ParseQuery(address[query..]);
        return values.Remove(name, out var value) ? (QueryHelpers.AddQueryString(address[..query], values), value.ToString()) : (address, null);
    }
}
