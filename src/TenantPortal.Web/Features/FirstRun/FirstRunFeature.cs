namespace TenantPortal.Web.Features.FirstRun;

/// <summary>The page that makes the first operator, while there is none.</summary>
public static class FirstRunFeature
{
    public static IServiceCollection AddFirstRun(this IServiceCollection services) => services.AddScoped<FoundInstallation>();

    /// <summary>Where the first operator begins; null once there is one.</summary>
    public static string? FirstAddress(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var found = scope.ServiceProvider.GetRequiredService<FoundInstallation>();
        return found.IsOpen ? found.Address : null;
    }
}
