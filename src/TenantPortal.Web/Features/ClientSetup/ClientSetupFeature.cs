namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>Registration of bringing a client in by browser.</summary>
public static class ClientSetupFeature
{
    public static IServiceCollection AddClientSetup(this IServiceCollection services) => services.AddScoped<BringInRows>().AddScoped<AddClient>().AddScoped<ReadSetup>();
}
