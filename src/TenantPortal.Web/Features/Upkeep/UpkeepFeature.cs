using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Upkeep;

/// <summary>Registration of what operators look after the installation with.</summary>
public static class UpkeepFeature
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services) => services.AddSingleton<WallCheck>().AddSingleton<Doctor>();
}
