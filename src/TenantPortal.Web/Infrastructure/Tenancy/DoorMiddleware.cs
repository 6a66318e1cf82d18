using Microsoft.AspNetCore.Authentication;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Fixes, before anything else reads the request, which door and which client it is for, who makes it and whose rows it may touch.
/// An unknown client or host gets the same 404 as any unknown page.</summary>
public sealed class DoorMiddleware(RequestDelegate next, ClientDirectory clients, SessionGuard sessions, ApiTokens tokens, PortalSettings settings)
{
    private readonly string ownHost = new Uri(settings.Url).Host;

    public async Task InvokeAsync(HttpContext context, Me me, TenantScope scope)
    {
        var byHost = IsOwnHost(context.Request.Host.Host) ? null : clients.ByHost(context.Request.Host.Host);
        if (byHost is null && !IsOwnHost(context.Request.Host.Host)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        if (byHost is not null && !Rewrite(context, byHost)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }

        var path = context.Request.Path.Value ?? "/";
        me.Door = DoorOf(path);
        if (me.Door is Door.Portal && !await EnterPortalAsync(context, me, scope, path)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        if (me.Door is Door.Desk or Door.Admin) await EnterDeskAsync(context, me, scope);
        if (me.Door is Door.Api && !await EnterApiAsync(context, me, scope, path)) { context.Response.StatusCode = StatusCodes.Status404NotFound; return; }
        await next(context);
    }

    private bool IsOwnHost(string host) => host.Equals(ownHost, StringComparison.OrdinalIgnoreCase) || (settings.UrlIsLoopback && host is "localhost" or "127.0.0.1" or "[::1]");

    // on its own host name a client may leave out /c/{client}; another client's address does not exist there
    private static bool Rewrite(HttpContext context, Client client)
    {
        var home = $"/c/{client.Slug}";
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/c/", StringComparison.Ordinal)) return path == home || path.StartsWith(home + "/", StringComparison.Ordinal);
        if (path.StartsWith("/desk", StringComparison.Ordinal) || path.StartsWith("/admin", StringComparison.Ordinal) || path.StartsWith("/api/", StringComparison.Ordinal)) return false;
        if (!path.StartsWith("/assets/", StringComparison.Ordinal)) context.Request.Path = home + (path == "/" ? "" : path);
        return true;
    }

    private static Door DoorOf(string path) => path.Split('/', 3) switch
    {
        ["", "c", ..] => Door.Portal,
        ["", "desk", ..] => Door.Desk,
        ["", "admin", ..] => Door.Admin,
        ["", "hooks", ..] => Door.Hooks,
        ["", "api", ..] => Door.Api,
        _ => Door.None,
    };

    private async Task<bool> EnterPortalAsync(HttpContext context, Me me, TenantScope scope, string path)
    {
        if (path.Split('/') is not ["", "c", var slug, ..] || clients.BySlug(slug) is not { IsMsp: false } client) return false;
        me.Client = client;
        scope.SetClient(client.Id);
        var session = await context.AuthenticateAsync(Sessions.Portal);
        if (session is { Succeeded: true, Principal: { } principal } && await sessions.ContactAsync(principal, client, context.RequestAborted) is { } contact)
        {
            me.ContactOrNone = contact;
            context.User = principal;
        }
        return true;
    }

    private async Task EnterDeskAsync(HttpContext context, Me me, TenantScope scope)
    {
        var session = await context.AuthenticateAsync(Sessions.For(me.Door));
        if (session is not { Succeeded: true, Principal: { } principal } || sessions.Staff(principal, me.Door) is not { } member) return;
        me.StaffOrNone = member;
        context.User = principal;
        if (member.ServesAllClients) scope.SetAll();
        else scope.SetStaff(member.Clients);
    }

    // a client's address is looked at only once the token is known to hold: without one, every address is refused alike
    private async Task<bool> EnterApiAsync(HttpContext context, Me me, TenantScope scope, string path)
    {
        if (await tokens.HolderAsync(context.Request.Headers.Authorization.ToString(), context.RequestAborted) is not var (token, staff)) return true;
        (me.TokenOrNone, me.StaffOrNone) = (token, staff);
        if (path.Split('/') is not ["", "api", "v1", "clients", { Length: > 0 } slug, ..]) return true;
        if (clients.BySlug(slug) is not { IsMsp: false } client || !(token.TenantId == client.Id || staff?.Serves(client.Id) == true)) return false;
        me.Client = client;
        scope.SetClient(client.Id);
        return true;
    }
}
