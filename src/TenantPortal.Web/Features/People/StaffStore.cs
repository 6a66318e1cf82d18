using Microsoft.AspNetCore.Identity;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Identity's view of the MSP's people, kept in the directory.</summary>
public sealed class StaffStore(StaffDirectory directory) : IUserPasswordStore<StaffMember>, IUserSecurityStampStore<StaffMember>, IUserLockoutStore<StaffMember>, IUserTwoFactorRecoveryCodeStore<StaffMember>
{
    // the directory hands out shared copies, so a change works on a fresh one
    public async Task<StaffMember?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await directory.LoadAsync(new(id), cancellationToken) : null;

    public async Task<StaffMember?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        directory.ByEmail(normalizedUserName) is { } known ? await directory.LoadAsync(known.Id, cancellationToken) : null;

    public async Task<IdentityResult> CreateAsync(StaffMember user, CancellationToken cancellationToken)
    {
        await directory.AddAsync(user, cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(StaffMember user, CancellationToken cancellationToken)
    {
        await directory.SaveAsync(user, cancellationToken);
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(StaffMember user, CancellationToken cancellationToken) { user.IsActive = false; return UpdateAsync(user, cancellationToken); }

    public Task<string> GetUserIdAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());
    public Task<string?> GetUserNameAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetUserNameAsync(StaffMember user, string? userName, CancellationToken cancellationToken) { user.Email = userName ?? ""; return Task.CompletedTask; }
    public Task<string?> GetNormalizedUserNameAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);
    public Task SetNormalizedUserNameAsync(StaffMember user, string? normalizedName, CancellationToken cancellationToken) { user.NormalizedEmail = normalizedName ?? ""; return Task.CompletedTask; }
    public Task<string?> GetPasswordHashAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);
    public Task SetPasswordHashAsync(StaffMember user, string? passwordHash, CancellationToken cancellationToken) { user.PasswordHash = passwordHash; return Task.CompletedTask; }
    public Task<bool> HasPasswordAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);
    public Task<string?> GetSecurityStampAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);
    public Task SetSecurityStampAsync(StaffMember user, string stamp, CancellationToken cancellationToken) { user.SecurityStamp = stamp; return Task.CompletedTask; }
    public Task<int> GetAccessFailedCountAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);
    public Task<int> IncrementAccessFailedCountAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);
    public Task ResetAccessFailedCountAsync(StaffMember user, CancellationToken cancellationToken) { user.AccessFailedCount = 0; return Task.CompletedTask; }
    public Task<bool> GetLockoutEnabledAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(true);
    public Task SetLockoutEnabledAsync(StaffMember user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEndAt);
    public Task SetLockoutEndDateAsync(StaffMember user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) { user.LockoutEndAt = lockoutEnd; return Task.CompletedTask; }

    // recovery codes are kept as hashes; the plain codes are shown once
    public Task ReplaceCodesAsync(StaffMember user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) { user.RecoveryCodes = string.Join(' ', recoveryCodes.Select(OneTimeLinks.HashText)); return Task.CompletedTask; }
    public async Task<bool> RedeemCodeAsync(StaffMember user, string code, CancellationToken cancellationToken)
    {
        var left = (user.RecoveryCodes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!left.Remove(OneTimeLinks.HashText(code.Trim().ToUpperInvariant()))) return false;
        return await directory.UseRecoveryCodeAsync(user.Id, user.RecoveryCodes!, string.Join(' ', left), cancellationToken);
    }
    public Task<int> CountCodesAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult((user.RecoveryCodes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    public void Dispose() { }
}
