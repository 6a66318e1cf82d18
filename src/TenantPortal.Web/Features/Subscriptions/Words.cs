namespace TenantPortal.Web.Features.Subscriptions;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
