namespace TenantPortal.Web.Features.Desk;

/// <summary>Registration of the staff's side.</summary>
public static class DeskFeature
{
    public static IServiceCollection AddDesk(this IServiceCollection services) => services.AddScoped<TicketQueue>().AddScoped<DeskTicket>().AddScoped<SuggestSteps>().AddScoped<Notices>().AddScoped<Infrastructure.Search.TicketSearch>().AddScoped<Infrastructure.Jobs.IEventListener, StaffNotices>();
}
