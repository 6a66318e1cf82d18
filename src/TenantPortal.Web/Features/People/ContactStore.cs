using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Identity's view of a contact, inside the scope of the one client whose door was entered: names are looked up there and nowhere else.</summary>
public sealed class ContactStore(PortalDb db, SessionGuard sessions) : IUserPasswordStore<Contact>, IUserSecurityStampStore<Contact>, IUserLockoutStore<Contact>
{
    public Task<Contact?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? Active(c => c.Id == new ContactId(id), cancellationToken) : Task.FromResult<Contact?>(null);

    public Task<Contact?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Active(c => c.NormalizedEmail == normalizedUserName, cancellationToken);

    private Task<Contact?> Active(System.Linq.Expressions.Expression<Func<Contact, bool>> which, CancellationToken cancel) => db.Contacts.Where(c => c.IsActive).SingleOrDefaultAsync(which, cancel);

    public async Task<IdentityResult> CreateAsync(Contact user, CancellationToken cancellationToken) { db.Add(user); return await SaveAsync(user, cancellationToken); }
    public async Task<IdentityResult> UpdateAsync(Contact user, CancellationToken cancellationToken) => await SaveAsync(user, cancellationToken);
    public async Task<IdentityResult> DeleteAsync(Contact user, CancellationToken cancellationToken) { user.IsActive = false; return await SaveAsync(user, cancellationToken); }

    private async Task<IdentityResult> SaveAsync(Contact user, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        sessions.Forget(user.TenantId, user.Id);
        return IdentityResult.Success;
    }

    public Task<string> GetUserIdAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());
    public Task<string?> GetUserNameAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task SetUserNameAsync(Contact user, string? userName, CancellationToken cancellationToken) { user.Email = userName ?? ""; return Task.CompletedTask; }
    public Task<string?> GetNormalizedUserNameAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedEmail);
    public Task SetNormalizedUserNameAsync(Contact user, string? normalizedName, CancellationToken cancellationToken) { user.NormalizedEmail = normalizedName ?? ""; return Task.CompletedTask; }
    public Task<string?> GetPasswordHashAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);
    public Task SetPasswordHashAsync(Contact user, string? passwordHash, CancellationToken cancellationToken) { user.PasswordHash = passwordHash; return Task.CompletedTask; }
    public Task<bool> HasPasswordAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);
    public Task<string?> GetSecurityStampAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);
    public Task SetSecurityStampAsync(Contact user, string stamp, CancellationToken cancellationToken) { user.SecurityStamp = stamp; return Task.CompletedTask; }
    public Task<int> GetAccessFailedCountAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);
    public Task<int> IncrementAccessFailedCountAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);
    public Task ResetAccessFailedCountAsync(Contact user, CancellationToken cancellationToken) { user.AccessFailedCount = 0; return Task.CompletedTask; }
    public Task<bool> GetLockoutEnabledAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(true);
    public Task SetLockoutEnabledAsync(Contact user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Contact user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEndAt);
    public Task SetLockoutEndDateAsync(Contact user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) { user.LockoutEndAt = lockoutEnd; return Task.CompletedTask; }
    public void Dispose() { }
}
