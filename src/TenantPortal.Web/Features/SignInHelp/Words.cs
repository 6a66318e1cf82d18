namespace TenantPortal.Web.Features.SignInHelp;

/// <summary>The sentences of this feature: Words.resx.</summary>
public sealed class Words;
