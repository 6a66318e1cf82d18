namespace TenantPortal.Web.Features.ContentImport;

public static class ContentImportFeature
{
    public static IServiceCollection AddContentImport(this IServiceCollection services) =>
        services.AddScoped<ImportPack>().AddSingleton<ImportClient>().AddScoped<ImportTickets>();
}
