namespace TenantPortal.Web.Features.Requests;

/// <summary>Marks the sentences of the pages of requests (Words.resx).</summary>
public sealed class Words;
