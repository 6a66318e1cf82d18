namespace TenantPortal.Web.Features.Escalation;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
