namespace TenantPortal.Web.Features.HandOver;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
