using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>One cookie per door, and at the portal's door one per client; each is sent only to its own door.</summary>
public static class Sessions
{
    public const string Portal = "portal", Desk = "desk", Admin = "admin", Api = "api";

    public static string For(Door door) => door switch { Door.Portal => Portal, Door.Desk => Desk, Door.Admin => Admin, _ => throw new InvalidOperationException($"{door} has no session.") };

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddAuthentication()
            .AddCookie(Portal, cookie => Set(cookie, "/c", TimeSpan.FromDays(14), new ClientCookies()))
            .AddCookie(Desk, cookie => Set(cookie, "/desk", TimeSpan.FromHours(12), null))
            .AddCookie(Admin, cookie => Set(cookie, "/admin", TimeSpan.FromHours(12), null))
            .AddScheme<AuthenticationSchemeOptions, ApiDoor>(Api, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Portal, policy => policy.AddAuthenticationSchemes(Portal).RequireAssertion(c => Of(c).ContactOrNone is not null))
            .AddPolicy(Desk, policy => policy.AddAuthenticationSchemes(Desk).RequireAssertion(c => Of(c).StaffOrNone is not null))
            .AddPolicy(Admin, policy => policy.AddAuthenticationSchemes(Admin).RequireAssertion(c => Of(c).Has(StaffRoles.Operator | StaffRoles.ServiceLead | StaffRoles.Author)))
            .AddPolicy(Api, policy => policy.AddAuthenticationSchemes(Api).RequireAssertion(c => Of(c).TokenOrNone is not null))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsWrongMethodOfProgram).AddAuthenticationSchemes(Portal).Build());
        return services;
    }

    // routing's own answers (405, 415) are no route, and do nothing else
    private static bool IsWrongMethodOfProgram(AuthorizationHandlerContext context) => Of(context).TokenOrNone is not null && ((HttpContext)context.Resource!).GetEndpoint() is not (null or RouteEndpoint);

    private static void Set(CookieAuthenticationOptions cookie, string path, TimeSpan life, ICookieManager? manager)
    {
        cookie.Cookie.Name = "portal" + path.Replace('/', '.');
        cookie.Cookie.Path = path;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = life;
        cookie.SlidingExpiration = true;
        if (manager is not null) cookie.CookieManager = manager;
        cookie.Events.OnRedirectToLogin = context => ToSignIn(context, path);
        cookie.Events.OnRedirectToAccessDenied = context => ToSignIn(context, path);
    }

    // whoever is signed in but lacks the right sees the page that does not exist; whoever is not, the door's sign-in page
    private static Task ToSignIn(RedirectContext<CookieAuthenticationOptions> context, string path)
    {
        var me = context.HttpContext.RequestServices.GetRequiredService<Me>();
        if (me.ContactOrNone is not null || me.StaffOrNone is not null || me.Door is not (Door.Portal or Door.Desk or Door.Admin))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        var door = me.Door == Door.Portal ? $"/c/{me.Client!.Slug}" : "/desk";
        var inside = me.Door == Door.Admin ? "/admin" : door;
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : BackTo.SentFrom(context.Request, inside, me.Client);
        context.Response.Redirect($"{door}/sign-in{(back is null ? "" : "?back=" + Uri.EscapeDataString(back))}");
        return Task.CompletedTask;
    }

    private static Me Of(AuthorizationHandlerContext context) => ((HttpContext)context.Resource!).RequestServices.GetRequiredService<Me>();

    private sealed class ClientCookies : ICookieManager
    {
        private readonly ChunkingCookieManager inner = new();
        public string? GetRequestCookie(HttpContext context, string key) => Client(context) is { } slug ? inner.GetRequestCookie(context, $"{key}.{slug}") : null;
        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
        {
            if (Client(context) is not { } slug) return;
            options.Path = $"/c/{slug}";
            inner.AppendResponseCookie(context, $"{key}.{slug}", value, options);
        }
        public void DeleteCookie(HttpContext context, string key, CookieOptions options)
        {
            if (Client(context) is not { } slug) return;
            options.Path = $"/c/{slug}";
            inner.DeleteCookie(context, $"{key}.{slug}", options);
        }
        private static string? Client(HttpContext context) => context.RequestServices.GetRequiredService<Me>().Client?.Slug;
    }
}

/// <summary>A page's address starts with its door, and the door decides who may enter; a page without a door stops the start.</summary>
public sealed class DoorConvention : IPageApplicationModelConvention
{
    /// <summary>The only pages and endpoints that a person who is not signed in may see.</summary>
    public static IReadOnlySet<string> Anonymous { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "c/{client}/sign-in", "c/{client}/sign-in/link", "c/{client}/sign-in/password", "c/{client}/sign-in/demo", "c/{client}/sign-in/help", "c/{client}/sign-in/site", "desk/sign-in", "desk/sign-in/code", "desk/sign-in/enrol", "desk/sign-in/password", "desk/sign-in/demo", "desk/calls/{token}", "demo", "demo/mail", "demo/mail/{id}",
        "c/{client}/theme.css", "c/{client}/logo",   // colours and a picture, for the sign-in page
        "api/v1/openapi.json",   // what the doors for programs are, and nothing behind them
        "desk/first-run",   // its code is printed by the start, and it dies with the first operator
        "hooks/answers/{hook}/{token}",   // the address or the signature is the secret
    };

    public void Apply(PageApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var address = model.Filters.Count >= 0 ? model.ActionDescriptor.AttributeRouteInfo?.Template?.TrimStart('/') ?? "" : "";
        if (Anonymous.Contains(address)) { model.EndpointMetadata.Add(new AllowAnonymousAttribute()); return; }
        var policy = address.Split('/')[0] switch { "c" => Sessions.Portal, "desk" => Sessions.Desk, "admin" => Sessions.Admin, _ => throw new InvalidOperationException($"The page {model.RelativePath} has no door: its @page must start with /c/{{client}}, /desk or /admin.") };
        model.EndpointMetadata.Add(new AuthorizeAttribute(policy));
    }
}
