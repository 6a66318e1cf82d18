using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>A site with the code of its shared devices, if it has one.</summary>
public sealed record SiteWithCode(Site Site, SiteCode? Code);

/// <summary>Makes, replaces and withdraws the codes by which tills and wards sign in, and signs them in.</summary>
public sealed class SiteCodes(PortalDb db, SessionGuard sessions, Me me, TimeProvider time)
{
    public async Task<IReadOnlyList<SiteWithCode>> ListAsync(TenantId client, CancellationToken cancel)
    {
        var codes = await db.SiteCodes.AsNoTracking().Where(c => c.TenantId == client).ToDictionaryAsync(c => c.SiteId, cancel);
        return [.. (await db.Sites.AsNoTracking().Where(s => s.TenantId == client).OrderBy(s => s.Name).ToListAsync(cancel)).Select(site => new SiteWithCode(site, codes.GetValueOrDefault(site.Id)))];
    }

    /// <summary>A new code; devices that are signed in by the one before are signed out. Null when the client has no such site.</summary>
    public async Task<string?> MakeAsync(Client client, SiteId id, CancellationToken cancel)
    {
        if (await db.Sites.SingleOrDefaultAsync(s => s.TenantId == client.Id && s.Id == id, cancel) is not { } site) return null;
        var (code, now) = (SiteCode.New(), time.GetUtcNow());
        var known = await db.SiteCodes.SingleOrDefaultAsync(c => c.TenantId == client.Id && c.SiteId == id, cancel);
        var contact = known is null ? await StandInAsync(client, site, cancel) : await db.Contacts.SingleAsync(c => c.TenantId == client.Id && c.Id == known.ContactId, cancel);
        (contact.IsActive, contact.SecurityStamp) = (true, Guid.NewGuid().ToString("n"));
        if (known is null) db.Add(new SiteCode { TenantId = client.Id, ContactId = contact.Id, SiteId = id, CodeHash = SiteCode.Hash(client.Id, code), MadeBy = me.Staff.FirstName, MadeAt = now });
        else (known.CodeHash, known.MadeBy, known.MadeAt, known.UsedAt) = (SiteCode.Hash(client.Id, code), me.Staff.FirstName, now, null);
        Tell(client.Id, "site-code-made", site, now);
        await db.SaveChangesAsync(cancel);
        sessions.Forget(client.Id, contact.Id);
        return code;
    }

    public async Task<bool> WithdrawAsync(Client client, SiteId id, CancellationToken cancel)
    {
        if (await db.SiteCodes.SingleOrDefaultAsync(c => c.TenantId == client.Id && c.SiteId == id, cancel) is not { } code) return false;
        var contact = await db.Contacts.SingleAsync(c => c.TenantId == client.Id && c.Id == code.ContactId, cancel);
        (contact.IsActive, contact.SecurityStamp) = (false, Guid.NewGuid().ToString("n"));
        db.Remove(code);
        Tell(client.Id, "site-code-withdrawn", await db.Sites.SingleAsync(s => s.TenantId == client.Id && s.Id == id, cancel), time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        sessions.Forget(client.Id, contact.Id);
        return true;
    }

    /// <summary>The stand-in person of the site whose code this is.</summary>
    public async Task<Contact?> FindAsync(TenantId client, string code, CancellationToken cancel)
    {
        var hash = SiteCode.Hash(client, code);
        if (await db.SiteCodes.SingleOrDefaultAsync(c => c.TenantId == client && c.CodeHash == hash, cancel) is not { } known) return null;
        known.UsedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.TenantId == client && c.Id == known.ContactId && c.IsActive, cancel);
    }

    private async Task<Contact> StandInAsync(Client client, Site site, CancellationToken cancel)
    {
        var address = $"site-{site.Id}@{client.Slug}.invalid";
        if (await db.Contacts.SingleOrDefaultAsync(c => c.TenantId == client.Id && c.NormalizedEmail == address, cancel) is { } known) return known;
        var contact = new Contact { TenantId = client.Id, Name = site.Name, Email = address, NormalizedEmail = address, SiteId = site.Id, IsShared = true };
        db.Add(contact);
        // first, because the code refers to it
        await db.SaveChangesAsync(cancel);
        return contact;
    }

    private void Tell(TenantId client, string kind, Site site, DateTimeOffset now) => db.Add(new ClientEvent { TenantId = client, Kind = kind, ActorId = me.Staff.Id.Value, ActorName = me.Staff.FirstName, At = now, Detail = new() { ["site"] = site.Name } });
}
