namespace TenantPortal.Web.Features.Readiness;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
