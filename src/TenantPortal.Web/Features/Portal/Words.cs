namespace TenantPortal.Web.Features.Portal;

/// <summary>Marks the sentences of the portal's first page (Words.resx).</summary>
public sealed class Words;
