namespace TenantPortal.Web.Features.Approvals;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
