using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Subscriptions;

/// <summary>Registration of what tells programs beyond the house about tickets.</summary>
public static class SubscriptionsFeature
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services) => services
        .AddScoped<IEventListener, TellSubscribers>().AddScoped<IJobHandler, DeliverEvent>().AddScoped<ChangeSubscriptions>().AddScoped<ReadSubscriptions>();
}
