using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>The values that decide what a guide says to one reader.</summary>
public sealed class ReaderFacts(PortalDb db, ClientDirectory clients)
{
    private (GuideReader Reader, VariableResolver Resolver, ReaderPlace Place)? known;

    /// <summary>Reads once a request and reader: typing asks for many guides of one reader.</summary>
    public async Task<(VariableResolver Resolver, ReaderPlace Place)> OfAsync(GuideReader reader, CancellationToken cancel)
    {
        if (known is { } before && before.Reader == reader) return (before.Resolver, before.Place);
        var company = clients.ById(reader.Client) ?? throw new InvalidOperationException($"There is no client {reader.Client}.");
        var resolver = new VariableResolver(await OfClientAsync(db, company, [], cancel));
        var place = await PlaceAsync(reader, cancel);
        known = (reader, resolver, place);
        return (resolver, place);
    }

    internal static async Task<ClientFacts> OfClientAsync(PortalDb db, Client company, IReadOnlyList<VariableValue> library, CancellationToken cancel)
    {
        var look = await db.Looks.AsNoTracking().Where(l => l.TenantId == company.Id).Select(l => new { l.Phone, l.Hours }).FirstOrDefaultAsync(cancel);
        var values = await db.Variables.AsNoTracking().Where(v => v.TenantId == company.Id).ToListAsync(cancel);
        return new()
        {
            Name = company.Name, Phone = look?.Phone, Hours = look?.Hours,
            Values = [.. values, .. library.Where(l => !values.Exists(v => v.Level == VariableLevel.Library && v.Name == l.Name))],
            Printers = await db.Printers.AsNoTracking().Where(p => p.TenantId == company.Id).ToListAsync(cancel),
            VpnProfiles = await db.VpnProfiles.AsNoTracking().Where(p => p.TenantId == company.Id).ToListAsync(cancel),
        };
    }

    private async Task<ReaderPlace> PlaceAsync(GuideReader reader, CancellationToken cancel)
    {
        var contact = reader.Contact is { } person ? await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == reader.Client && c.Id == person, cancel) : null;
        var device = (reader.Device ?? contact?.DeviceId) is { } id ? await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.TenantId == reader.Client && d.Id == id, cancel) : null;
        var at = reader.Site ?? contact?.SiteId ?? device?.SiteId;
        var site = at is { } place ? await db.Sites.AsNoTracking().FirstOrDefaultAsync(s => s.TenantId == reader.Client && s.Id == place, cancel) : null;
        return new(contact?.FirstName, site, device);
    }
}
