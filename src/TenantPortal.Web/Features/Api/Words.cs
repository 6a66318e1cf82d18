namespace TenantPortal.Web.Features.Api;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
