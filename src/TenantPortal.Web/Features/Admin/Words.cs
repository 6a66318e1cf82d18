namespace TenantPortal.Web.Features.Admin;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
