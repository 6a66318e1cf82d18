using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Live;

public static class LiveFeature
{
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<EventPositions>().AddSingleton<LiveChanges>().AddHostedService(s => s.GetRequiredService<LiveChanges>()).AddSingleton<Listening>();

    public static void MapLive(this WebApplication app)
    {
        app.MapGet("/c/{client}/live", Listen).RequireAuthorization(Sessions.Portal);
        app.MapGet("/desk/live", Listen).RequireAuthorization(Sessions.Desk);
    }

    private static ServerSentEventsResult<string> Listen(HttpContext context, Me me, SessionGuard sessions, IDataProtectionProvider protection, Listening listening, CancellationToken cancel)
    {
        // proxies that gather an answer before they pass it on would keep the words
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var since = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["at"].FirstOrDefault();
        return TypedResults.ServerSentEvents(listening.ToAsync(Viewer(me, context, sessions, protection), since, cancel));
    }

    internal static ILiveViewer Viewer(Me me, HttpContext context, SessionGuard sessions, IDataProtectionProvider protection) => me.ContactOrNone is { } contact
        ? new ContactViewer(me.Client!, contact, context.User, sessions, protection)
        : new StaffViewer(me.Staff, context.User, sessions);
}
