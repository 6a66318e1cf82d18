namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
