namespace TenantPortal.Web.Features.SignInHelp;

/// <summary>Registration of the door for people who cannot sign in.</summary>
public static class SignInHelpFeature
{
    public static IServiceCollection AddSignInHelp(this IServiceCollection services) =>
        services.AddSingleton<HelpPost>().AddHostedService(s => s.GetRequiredService<HelpPost>()).AddScoped<OpenLockedOut>().AddScoped<VerifyIdentity>();
}
