using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Audit;

/// <summary>Registration of the log of what happened, its check and its export.</summary>
public static class AuditFeature
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddScoped<AuditRows>().AddScoped<ExportEvidence>().AddScoped<ReadAudit>().AddSingleton<EvidenceKey>();
}
