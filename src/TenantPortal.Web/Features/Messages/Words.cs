namespace TenantPortal.Web.Features.Messages;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
