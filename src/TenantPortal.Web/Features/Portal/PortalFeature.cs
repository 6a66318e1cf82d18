namespace TenantPortal.Web.Features.Portal;

/// <summary>Registration of the portal's first page.</summary>
public static class PortalFeature
{
    public static IServiceCollection AddHome(this IServiceCollection services) => services.AddSingleton<HomeContents>();
}
