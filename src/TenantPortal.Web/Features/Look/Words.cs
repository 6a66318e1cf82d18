namespace TenantPortal.Web.Features.Look;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
