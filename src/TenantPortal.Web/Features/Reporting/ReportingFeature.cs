using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>Registration of the report form.</summary>
public static class ReportingFeature
{
    public static IServiceCollection AddReporting(this IServiceCollection services) => services.AddScoped<Drafts>().AddScoped<SendReport>().AddScoped<ConfirmChips>().AddScoped<AskLists>().AddScoped<IJobHandler, ForgetDrafts>();
}
