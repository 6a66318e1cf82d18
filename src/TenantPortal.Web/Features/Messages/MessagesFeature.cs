using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Messages;

public static class MessagesFeature
{
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddScoped<IEventListener, StageMessages>().AddScoped<ExpectedWindow>().AddScoped<SettleMessage>();
}
