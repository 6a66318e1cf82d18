using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Who of a client has an account: invite, deactivate (every session ends at once), mail a link. Changes are written down as the client's events.</summary>
public sealed class Accounts(PortalDb db, SignInPost post, SessionGuard sessions, Me me, TimeProvider time)
{
    public Task<List<Contact>> ContactsAsync(Client client, CancellationToken cancel) => db.Contacts.AsNoTracking().Where(c => c.TenantId == client.Id).OrderBy(c => c.Name).Take(1000).ToListAsync(cancel);

    public Task<List<Site>> SitesAsync(Client client, CancellationToken cancel) => db.Sites.AsNoTracking().Where(s => s.TenantId == client.Id).OrderBy(s => s.Name).ToListAsync(cancel);

    public async Task<Refusal?> InviteContactAsync(Client client, InviteInput input, CancellationToken cancel)
    {
        if (input.Check() is { } refusal) return refusal;
        var email = input.Email!.Trim();
        var normalized = email.ToLowerInvariant();
        if (await db.Contacts.AnyAsync(c => c.TenantId == client.Id && c.NormalizedEmail == normalized, cancel)) return new($"Somebody with the address {email} is here already. Look for it in the list.");
        SiteId? site = input.Site is { } id && await db.Sites.AnyAsync(s => s.TenantId == client.Id && s.Id == new SiteId(id), cancel) ? new(id) : null;
        db.Add(new Contact { TenantId = client.Id, Name = input.Name!.Trim(), Email = email, NormalizedEmail = normalized, Role = input.ContactRole, SiteId = site });
        Write(client, "contact-invited", ("email", normalized), ("role", input.ContactRole.ToString()));
        await db.SaveChangesAsync(cancel);
        post.Queue(new(client.Id, email, OneTimeLinks.ContactPassword, null) { IsInvitation = true });
        return null;
    }

    public async Task<string?> ToggleContactAsync(Client client, Guid id, CancellationToken cancel)
    {
        if (await db.Contacts.SingleOrDefaultAsync(c => c.TenantId == client.Id && c.Id == new ContactId(id), cancel) is not { } contact) return null;
        contact.IsActive = !contact.IsActive;
        contact.SecurityStamp = Guid.NewGuid().ToString("n");
        Write(client, contact.IsActive ? "contact-activated" : "contact-deactivated", ("contact", id.ToString()));
        await db.SaveChangesAsync(cancel);
        sessions.Forget(client.Id, contact.Id);
        return contact.Name;
    }

    public async Task<string?> MailContactLinkAsync(Client client, Guid id, CancellationToken cancel)
    {
        if (await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.TenantId == client.Id && c.IsActive && c.Id == new ContactId(id), cancel) is not { } contact) return null;
        post.Queue(new(client.Id, contact.Email, OneTimeLinks.ContactLink, null));
        return contact.Name;
    }

    private void Write(Client client, string kind, params (string Key, string Value)[] detail) => db.Add(new ClientEvent
    {
        TenantId = client.Id, Kind = kind, ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = time.GetUtcNow(), Detail = detail.ToDictionary(d => d.Key, d => d.Value),
    });
}
