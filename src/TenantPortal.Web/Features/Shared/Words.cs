namespace TenantPortal.Web.Features.Shared;

/// <summary>The sentences of the layouts: Words.resx.</summary>
public sealed class Words;
