namespace TenantPortal.Web.Features.Approvals;

/// <summary>Registration of what one person asks for and another answers for.</summary>
public static class ApprovalsFeature
{
    public static IServiceCollection AddApprovals(this IServiceCollection services) => services.AddScoped<AskApproval>().AddScoped<DecideApproval>().AddScoped<ReadApprovals>();
}
