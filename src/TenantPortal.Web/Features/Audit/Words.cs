namespace TenantPortal.Web.Features.Audit;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
