namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Names the sentences of this folder's pages.</summary>
public sealed class Words;
