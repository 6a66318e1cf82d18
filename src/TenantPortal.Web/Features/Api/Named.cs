using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Api;

/// <summary>Finds what a program names by id, by its own reference or, of people, by mail address.</summary>
public sealed class Named(PortalDb db)
{
    public Task<Contact?> PersonAsync(Client client, string name, CancellationToken cancel)
    {
        var people = db.Contacts.AsNoTracking().Where(c => c.TenantId == client.Id && c.IsActive);
        var email = name.Trim().ToLowerInvariant();
        if (email.Contains('@', StringComparison.Ordinal)) return people.SingleOrDefaultAsync(c => c.NormalizedEmail == email, cancel);
        return Guid.TryParse(name, out var id) ? people.SingleOrDefaultAsync(c => c.Id == new ContactId(id), cancel) : people.OrderBy(c => c.Id).FirstOrDefaultAsync(c => c.ExternalRef == name, cancel);
    }

    public async Task<SiteId?> SiteAsync(Client client, string name, CancellationToken cancel)
    {
        var sites = db.Sites.AsNoTracking().Where(s => s.TenantId == client.Id);
        return Guid.TryParse(name, out var id)
            ? await sites.Where(s => s.Id == new SiteId(id)).Select(s => (SiteId?)s.Id).SingleOrDefaultAsync(cancel)
            : await sites.Where(s => s.ExternalRef == name).OrderBy(s => s.Id).Select(s => (SiteId?)s.Id).FirstOrDefaultAsync(cancel);
    }

    public async Task<DeviceId?> DeviceAsync(Client client, string name, CancellationToken cancel)
    {
        var devices = db.Devices.AsNoTracking().Where(d => d.TenantId == client.Id);
        return Guid.TryParse(name, out var id)
            ? await devices.Where(d => d.Id == new DeviceId(id)).Select(d => (DeviceId?)d.Id).SingleOrDefaultAsync(cancel)
            : await devices.Where(d => d.ExternalRef == name).OrderBy(d => d.Id).Select(d => (DeviceId?)d.Id).FirstOrDefaultAsync(cancel);
    }
}
