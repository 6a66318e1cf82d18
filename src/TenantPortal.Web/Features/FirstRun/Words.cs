namespace TenantPortal.Web.Features.FirstRun;

/// <summary>The feature's sentences (Words.resx).</summary>
public sealed class Words;
