using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Signs staff in: password, then a code of the authenticator app that works once, or a recovery code. Without an app yet, it is set up first.</summary>
public sealed class SignInStaff(UserManager<StaffMember> users, StaffDirectory directory, OneTimeLinks links, SignInPost post, IPasswordHasher<StaffMember> hasher, IDataProtectionProvider protection, TimeProvider time)
{
    private const string PendingCookie = "portal.desk.pending";
    private static readonly string DecoyHash = new PasswordHasher<StaffMember>().HashPassword(null!, Guid.NewGuid().ToString());
    private readonly ITimeLimitedDataProtector pending = protection.CreateProtector("staff-second-step").ToTimeLimitedDataProtector();

    public void MailPasswordLink(string email) => post.Queue(new(null, email, OneTimeLinks.StaffPassword, null));

    /// <summary>The member whose password is right; the second step is still to come.</summary>
    public async Task<StaffMember?> ByPasswordAsync(string email, string password)
    {
        var member = await users.FindByNameAsync(email);
        if (member is not { IsActive: true, PasswordHash: not null } || await users.IsLockedOutAsync(member))
        {
            hasher.VerifyHashedPassword(null!, DecoyHash, password);
            return null;
        }
        if (await users.CheckPasswordAsync(member, password)) return member;
        await users.AccessFailedAsync(member);
        return null;
    }

    public void RememberFirstStep(HttpContext context, StaffMember member) => context.Response.Cookies.Append(PendingCookie, pending.Protect($"{member.Id} {member.SecurityStamp}", TimeSpan.FromMinutes(10)),
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/desk", IsEssential = true });

    public async Task<StaffMember?> AfterFirstStepAsync(HttpContext context)
    {
        if (context.Request.Cookies[PendingCookie] is not { } cookie) return null;
        try
        {
            var parts = pending.Unprotect(cookie).Split(' ');
            return await users.FindByIdAsync(parts[0]) is { IsActive: true } member && member.SecurityStamp == parts[1] ? member : null;
        }
        catch (System.Security.Cryptography.CryptographicException) { return null; } // too old or not ours: the first step is asked for again
    }

    /// <summary>Checks an app code (once only) or a recovery code (used up).</summary>
    public async Task<bool> SecondStepAsync(StaffMember member, string code, CancellationToken cancel)
    {
        if (await users.IsLockedOutAsync(member)) return false;
        if (member.AuthenticatorKey is { } key && Totp.Accept(key, code, member.LastTotpStep, time.GetUtcNow()) is { } step && await directory.UseTotpStepAsync(member.Id, step, cancel))
        {
            if (member.AccessFailedCount > 0) await directory.ChangeAsync(member.Id, m => m.AccessFailedCount = 0, cancel);
            return true;
        }
        if (code.Trim().Length > 6 && (await users.RedeemTwoFactorRecoveryCodeAsync(member, code)).Succeeded) return true;
        await users.AccessFailedAsync(member);
        return false;
    }

    /// <summary>A fresh key to scan; it counts only after <see cref="EnrolAsync"/> has seen a code of it.</summary>
    public async Task<string> NewKeyAsync(StaffMember member, CancellationToken cancel)
    {
        if (member.AuthenticatorKey is null) await directory.ChangeAsync(member.Id, m => m.AuthenticatorKey = Totp.NewKey(), cancel);
        return directory.ById(member.Id)!.AuthenticatorKey!;
    }

    /// <summary>Turns the app on and returns ten recovery codes to be shown once, or null when the code is wrong.</summary>
    public async Task<IReadOnlyList<string>?> EnrolAsync(StaffMember member, string code, CancellationToken cancel)
    {
        if (member.AuthenticatorKey is not { } key || member.TwoFactorEnabled || Totp.Accept(key, code, member.LastTotpStep, time.GetUtcNow()) is not { } step || !await directory.UseTotpStepAsync(member.Id, step, cancel)) return null;
        var codes = Enumerable.Range(0, 10).Select(_ => Totp.NewKey()[..5] + "-" + Totp.NewKey()[..5]).ToList();
        await directory.ChangeAsync(member.Id, m => { m.TwoFactorEnabled = true; m.RecoveryCodes = string.Join(' ', codes.Select(OneTimeLinks.HashText)); }, cancel);
        return codes;
    }

    public async Task<(StaffMember? Member, Refusal? Refusal)> SetPasswordAsync(string token, string password, CancellationToken cancel)
    {
        if (await links.PeekAsync(token, OneTimeLinks.StaffPassword, null, cancel) is not { } id || await users.FindByIdAsync(id.ToString()) is not { IsActive: true } member)
            return (null, new("This link has been used or is too old. Ask for a new one on the sign-in page."));
        if (password.Length < 12) return (null, new("The password is too short. Use at least 12 characters; three words in a row are fine."));
        if (await links.UseAsync(token, OneTimeLinks.StaffPassword, null, cancel) is null) return (null, new("This link has just been used. Ask for a new one on the sign-in page."));
        if (member.PasswordHash is not null) await users.RemovePasswordAsync(member);
        await users.AddPasswordAsync(member, password);
        await users.SetLockoutEndDateAsync(member, null);
        await users.ResetAccessFailedCountAsync(member);
        return (member, null);
    }

    /// <summary>One sign-in opens both of the staff's doors, each with its own cookie.</summary>
    public static async Task StartSessionAsync(HttpContext context, StaffMember member)
    {
        await context.SignInAsync(Sessions.Desk, SessionGuard.Session(member, Door.Desk));
        await context.SignInAsync(Sessions.Admin, SessionGuard.Session(member, Door.Admin));
        context.Response.Cookies.Delete(PendingCookie, new() { Path = "/desk" });
    }
}
