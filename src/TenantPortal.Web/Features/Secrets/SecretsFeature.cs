namespace TenantPortal.Web.Features.Secrets;

/// <summary>What was hidden in a ticket's words, looked at with a reason.</summary>
public static class SecretsFeature
{
    public static IServiceCollection AddSecrets(this IServiceCollection services) => services.AddScoped<RevealSecret>().AddScoped<UndoMask>();
}
