using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Looks;

/// <summary>Browsers that already carry a session: how a person signs in is not what these tests are about.</summary>
internal static class SignedIn
{
    public static HttpClient As(this Portal portal, StaffMember member, Door door) => portal.With(Sessions.For(door), "portal." + Sessions.For(door), SessionGuard.Session(member, door));

    public static HttpClient As(this Portal portal, World.Twin twin) => portal.With(Sessions.Portal, $"portal.c.{twin.Client.Slug}", SessionGuard.Session(twin.Employee));

    public static string Cookie(this Portal portal, string scheme, string name, ClaimsPrincipal session)
    {
        var format = portal.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme).TicketDataFormat;
        return $"{name}={format.Protect(new AuthenticationTicket(session, scheme))}";
    }

    private static HttpClient With(this Portal portal, string scheme, string name, ClaimsPrincipal session)
    {
        var cookies = new CookieContainer();
        cookies.SetCookies(portal.Address, portal.Cookie(scheme, name, session) + "; path=/");
        return new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = portal.Address };
    }
}
