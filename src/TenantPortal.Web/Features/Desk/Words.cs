namespace TenantPortal.Web.Features.Desk;

/// <summary>The feature's sentences (Words.resx).</summary>
public sealed class Words;
