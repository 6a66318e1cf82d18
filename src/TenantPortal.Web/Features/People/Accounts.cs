using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>Who has an account: invite, deactivate (every session ends at once), mail a link. Changes at a client are written down as its events.</summary>
public sealed class Accounts(PortalDb db, StaffDirectory staff, SignInPost post, SessionGuard sessions, Me me, TimeProvider time)
{
    public IEnumerable<StaffMember> Staff() => staff.All;

    public Task<List<Contact>> ContactsAsync(Client client, CancellationToken cancel) => db.Contacts.AsNoTracking().Where(c => c.TenantId == client.Id).OrderBy(c => c.Name).Take(1000).ToListAsync(cancel);

    public Task<List<Site>> SitesAsync(Client client, CancellationToken cancel) => db.Sites.AsNoTracking().Where(s => s.TenantId == client.Id).OrderBy(s => s.Name).ToListAsync(cancel);

    public async Task<Refusal?> InviteStaffAsync(InviteInput input, IReadOnlyList<Client> clients, CancellationToken cancel)
    {
        if (Check(input) is { } refusal) return refusal;
        var email = input.Email!.Trim().ToLowerInvariant();
        if (staff.ByEmail(email) is not null) return new($"Somebody with the address {email} is here already. Look for it in the list.");
        var key = Key(input.Name!);
        await staff.AddAsync(new()
        {
            Key = key, Name = input.Name!.Trim(), Email = email, NormalizedEmail = email, Roles = input.Roles.Aggregate(StaffRoles.None, (all, role) => all | role), Tier = Math.Clamp(input.Tier, 0, 3),
            ServesAllClients = input.AllClients, Clients = [.. clients.Where(c => input.Clients.Contains(c.Slug)).Select(c => c.Id)],
        }, cancel);
        post.Queue(new(null, email, OneTimeLinks.StaffPassword, null) { IsInvitation = true });
        return null;
    }

    public async Task<Refusal?> InviteContactAsync(Client client, InviteInput input, CancellationToken cancel)
    {
        if (Check(input) is { } refusal) return refusal;
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

    /// <returns>The person's name; null when there is none, or it is oneself.</returns>
    public async Task<string?> ToggleStaffAsync(Guid id, StaffId self, CancellationToken cancel)
    {
        if (staff.ById(new(id)) is not { } member || member.Id == self) return null;
        await staff.ChangeAsync(member.Id, m => { m.IsActive = !m.IsActive; m.SecurityStamp = Guid.NewGuid().ToString("n"); }, cancel);
        return member.Name;
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

    public string? MailStaffLink(Guid id)
    {
        if (staff.ById(new(id)) is not { IsActive: true } member) return null;
        post.Queue(new(null, member.Email, OneTimeLinks.StaffPassword, null));
        return member.Name;
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

    private static Refusal? Check(InviteInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Name)) return new("Type the person's name.");
        return input.Email is { Length: > 2 and <= 254 } && System.Net.Mail.MailAddress.TryCreate(input.Email.Trim(), out _) ? null : new("Type a work email address, such as name@company.com.");
    }

    private string Key(string name)
    {
        var first = string.Concat(name.Trim().Split(' ')[0].ToLowerInvariant().Where(char.IsAsciiLetterLower));
        var stem = first.Length == 0 ? "staff" : first;
        for (var n = 1; ; n++)
            if (staff.ByKey(n == 1 ? stem : $"{stem}{n}") is null) return n == 1 ? stem : $"{stem}{n}";
    }
}
