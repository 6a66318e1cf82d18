namespace TenantPortal.Web.Features.Live;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
