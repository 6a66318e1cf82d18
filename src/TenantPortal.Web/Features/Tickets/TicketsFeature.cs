using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Tickets;

internal static class TicketsFeature
{
    public static IServiceCollection AddTickets(this IServiceCollection services) =>
        services.AddScoped<OpenTicket>().AddScoped<ChangeTicket>().AddScoped<ReadReport>().AddScoped<HandOff>().AddScoped<ReadClocks>().AddScoped<IJobHandler, HoldEnds>();
}
