namespace TenantPortal.Web.Features.Readiness;

/// <summary>Registration of what is looked at before a client's rules may act by themselves.</summary>
public static class ReadinessFeature
{
    public static IServiceCollection AddReadiness(this IServiceCollection services) => services.AddScoped<ReadReadiness>().AddScoped<MeasureDesk>().AddScoped<FreezeBaseline>();
}
