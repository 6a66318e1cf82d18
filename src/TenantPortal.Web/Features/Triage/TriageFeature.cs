namespace TenantPortal.Web.Features.Triage;

internal static class TriageFeature
{
    public static IServiceCollection AddTriage(this IServiceCollection services) => services.AddSingleton<ClientProfiles>().AddScoped<TriageFor>().AddScoped<ReplayDecision>().AddScoped<PastTickets>();
}
