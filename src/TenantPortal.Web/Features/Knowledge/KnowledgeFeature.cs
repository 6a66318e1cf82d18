using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

public static class KnowledgeFeature
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services)
    {
        services.AddSingleton<Snapshots>().AddSingleton<ReadLibrary>().AddSingleton<PublishRunbooks>().AddSingleton<WithdrawRunbook>();
        services.AddScoped<ReaderFacts>().AddScoped<SearchGuides>().AddScoped<ReadGuide>();
        return services;
    }
}
