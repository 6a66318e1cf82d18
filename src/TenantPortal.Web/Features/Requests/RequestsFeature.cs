namespace TenantPortal.Web.Features.Requests;

/// <summary>Registration of a contact's pages of requests.</summary>
public static class RequestsFeature
{
    public static IServiceCollection AddRequests(this IServiceCollection services) => services.AddScoped<ReadRequest>().AddScoped<ReplyToRequest>().AddScoped<NextStep>();
}
