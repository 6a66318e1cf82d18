namespace TenantPortal.Web.Features.Secrets;

/// <summary>The feature's sentences (Words.resx).</summary>
public sealed class Words;
