namespace TenantPortal.Web.Features.SelfService;

/// <summary>Names the resource file of this feature's sentences.</summary>
public sealed class Words;
