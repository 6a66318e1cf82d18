using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Signs a contact in at the door of one client, by a mailed link or a password. Known and unknown people get the same words in the same time.</summary>
public sealed class SignInContact(UserManager<Contact> users, OneTimeLinks links, SignInPost post, IPasswordHasher<Contact> hasher)
{
    private static readonly string DecoyHash = new PasswordHasher<Contact>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>Mails a link when the person exists; the answer never tells.</summary>
    public void MailLink(Client client, string email, string? back) => post.Queue(new(client.Id, email, OneTimeLinks.ContactLink, back));

    public void MailPasswordLink(Client client, string email) => post.Queue(new(client.Id, email, OneTimeLinks.ContactPassword, null));

    public async Task<Contact?> ByPasswordAsync(string email, string password)
    {
        var contact = await users.FindByNameAsync(email);
        if (contact?.PasswordHash is null || await users.IsLockedOutAsync(contact))
        {
            hasher.VerifyHashedPassword(null!, DecoyHash, password);
            return null;
        }
        if (await users.CheckPasswordAsync(contact, password))
        {
            if (contact.AccessFailedCount > 0) await users.ResetAccessFailedCountAsync(contact);
            return contact;
        }
        await users.AccessFailedAsync(contact);
        return null;
    }

    public async Task<Contact?> ByLinkAsync(Client client, string token, CancellationToken cancel) =>
        await links.UseAsync(token, OneTimeLinks.ContactLink, client.Id, cancel) is { } id ? await users.FindByIdAsync(id.ToString()) : null;

    /// <summary>Sets a new password through a mailed link; every session of the person ends.</summary>
    public async Task<(Contact? Contact, Refusal? Refusal)> SetPasswordAsync(Client client, string token, string password, CancellationToken cancel)
    {
        if (await links.PeekAsync(token, OneTimeLinks.ContactPassword, client.Id, cancel) is not { } id || await users.FindByIdAsync(id.ToString()) is not { } contact)
            return (null, new("This link has been used or is too old. Ask for a new one on the sign-in page."));
        if (password.Length < 12) return (null, new("The password is too short. Use at least 12 characters; three words in a row are fine."));
        if (await links.UseAsync(token, OneTimeLinks.ContactPassword, client.Id, cancel) is null) return (null, new("This link has just been used. Ask for a new one on the sign-in page."));
        if (contact.PasswordHash is not null) await users.RemovePasswordAsync(contact);
        await users.AddPasswordAsync(contact, password);
        // who could open the mail is the person: a lock that a stranger's guesses brought about ends here
        await users.SetLockoutEndDateAsync(contact, null);
        await users.ResetAccessFailedCountAsync(contact);
        return (contact, null);
    }

    public static Task StartSessionAsync(HttpContext context, Contact contact) => context.SignInAsync(Sessions.Portal, SessionGuard.Session(contact), new() { IsPersistent = true });
}
