namespace TenantPortal.Web.Features.ContentImport;

public static class ContentImportFeature
{
    public static IServiceCollection AddContentImport(this IServiceCollection services) =>
        services.AddScoped<ImportPack>().AddSingleton<TryPack>().AddScoped<ImportTickets>().AddScoped<BringInRecords>()
            .AddSingleton<ImportClient>().AddSingleton<BringInPack>().AddSingleton<BringInClient>().AddSingleton<BringInStaff>().AddSingleton<LoadDemo>();
}
