namespace TenantPortal.Web.Features.People;

/// <summary>The feature's sentences (Words.resx).</summary>
public sealed class Words;
