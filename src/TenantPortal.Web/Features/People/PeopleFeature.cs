using Microsoft.AspNetCore.Identity;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Registration of sign-in and accounts.</summary>
public static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<Contact>(Rules).AddUserStore<ContactStore>();
        services.AddIdentityCore<StaffMember>(Rules).AddUserStore<StaffStore>();
        services.AddSingleton<ILookupNormalizer, LowerCase>();
        services.AddSingleton<SignInLimits>().AddSingleton<SignInPost>().AddHostedService(s => s.GetRequiredService<SignInPost>());
        services.AddScoped<SignInContact>().AddScoped<SignInStaff>().AddScoped<Accounts>().AddScoped<SiteCodes>().AddScoped<StaffAccounts>().AddScoped<DemoMails>().AddSingleton<OneTimeLinks>();
        return services;
    }

    private static void Rules(IdentityOptions identity)
    {
        identity.User.AllowedUserNameCharacters = "";
        identity.Password.RequiredLength = 12;
        identity.Password.RequireNonAlphanumeric = identity.Password.RequireUppercase = identity.Password.RequireDigit = identity.Password.RequireLowercase = false;
        identity.Lockout.MaxFailedAccessAttempts = 8;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }

    private sealed class LowerCase : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name?.Trim().ToLowerInvariant();
        public string? NormalizeEmail(string? email) => NormalizeName(email);
    }
}
