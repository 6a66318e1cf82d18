using Microsoft.AspNetCore.Http.HttpResults;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Features.Look;

/// <summary>Themes, the colours and logos of clients, and the pages that edit them.</summary>
public static class LookFeature
{
    // a logo opened on its own runs nothing and loads nothing
    private const string LogoPolicy = "default-src 'none'; img-src data:; sandbox";

    public static IServiceCollection AddLook(this IServiceCollection services) =>
        services.AddSingleton<ThemeFolder>().AddSingleton<AssetVersions>().AddSingleton<ClientLooks>().AddScoped<LookClients>().AddScoped<ChangeLook>();

    public static void MapLook(this WebApplication app)
    {
        app.MapGet("/c/{client}/theme.css", ThemeAsync).AllowAnonymous();
        app.MapGet("/c/{client}/logo", LogoAsync).AllowAnonymous();
        app.MapGet("/desk/clients.css", Edges).RequireAuthorization(Sessions.Desk);
        app.MapGet("/admin/clients.css", Edges).RequireAuthorization(Sessions.Admin);
    }

    private static async Task<ContentHttpResult> ThemeAsync(Me me, ClientLooks looks, HttpContext context, CancellationToken cancel)
    {
        var look = await looks.ForAsync(me.Client!.Id, cancel);
        Keep(context, look.Version);
        return TypedResults.Text(ClientColours.Stylesheet(look), "text/css; charset=utf-8");
    }

    private static async Task<Results<ContentHttpResult, NotFound>> LogoAsync(Me me, ClientLooks looks, HttpContext context, CancellationToken cancel)
    {
        var look = await looks.ForAsync(me.Client!.Id, cancel);
        if (look.LogoSvg is null) return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = LogoPolicy;
        Keep(context, look.Version);
        return TypedResults.Text(look.LogoSvg, "image/svg+xml; charset=utf-8");
    }

    private static ContentHttpResult Edges(Me me, ClientDirectory clients, HttpContext context)
    {
        context.Response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.Text(ClientColours.Edges(clients.All, c => me.Staff.Serves(c.Id)), "text/css; charset=utf-8");
    }

    // only the address of this very version may be kept for long
    private static void Keep(HttpContext context, int version) =>
        context.Response.Headers.CacheControl = context.Request.Query["v"] == version.ToString(System.Globalization.CultureInfo.InvariantCulture) ? "public, max-age=31536000, immutable" : "no-cache";
}
