using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Registration of guides tried with a person.</summary>
public static class SelfServiceFeature
{
    public static IServiceCollection AddSelfService(this IServiceCollection services)
    {
        services.AddScoped<GuidePaths>().AddScoped<ChooseGuide>().AddScoped<SilenceLimits>().AddScoped<GuideOffers>();
        services.AddScoped<OfferGuide>().AddScoped<FollowGuide>().AddScoped<ShowGuide>();
        services.AddScoped<IJobHandler, AttemptSilence>().AddScoped<IJobHandler, OfferAfterFailure>().AddScoped<IEventListener, AttemptsOfChangedTickets>().AddScoped<IEventListener, LearnFromSolved>();
        return services;
    }
}
