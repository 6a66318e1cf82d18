namespace TenantPortal.Web.Features.HandOver;

/// <summary>Registration of what one engineer gives to the next: attempts, checklists, and the ticket itself.</summary>
public static class HandOverFeature
{
    public static IServiceCollection AddHandOver(this IServiceCollection services) => services.AddScoped<ReadPassOn>().AddScoped<PassOnTicket>().AddScoped<RecordWork>();
}
