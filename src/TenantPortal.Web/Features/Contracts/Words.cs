namespace TenantPortal.Web.Features.Contracts;

/// <summary>The feature's sentences (Words.resx).</summary>
public sealed class Words;
