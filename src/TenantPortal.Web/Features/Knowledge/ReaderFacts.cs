using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>The values that decide what a guide says to one reader.</summary>
public sealed class ReaderFacts(PortalDb db)
{
    private (GuideReader Reader, VariableResolver Resolver, ReaderPlace Place)? known;

    /// <summary>Reads once a request and reader: typing asks for many guides of one reader.</summary>
    public async Task<(VariableResolver Resolver, ReaderPlace Place)> OfAsync(GuideReader reader, CancellationToken cancel)
    {
        if (known is { } before && before.Reader == reader) return (before.Resolver, before.Place);
        // what holds for the whole client was filled in when the guide was published
        var resolver = new VariableResolver(await NearbyAsync(db.Variables.AsNoTracking().Where(v => v.Level == VariableLevel.Site || v.Level == VariableLevel.Device), reader.Client, "", cancel));
        var place = await PlaceAsync(reader, cancel);
        known = (reader, resolver, place);
        return (resolver, place);
    }

    /// <summary>Everything that the client's records say, for publishing.</summary>
    public async Task<ClientFacts> OfClientAsync(Client company, IReadOnlyList<VariableValue> library, CancellationToken cancel)
    {
        var look = await db.Looks.AsNoTracking().Where(l => l.TenantId == company.Id).Select(l => new { l.Phone, l.Hours }).FirstOrDefaultAsync(cancel);
        var facts = await NearbyAsync(db.Variables.AsNoTracking(), company.Id, company.Name, cancel);
        return facts with { Phone = look?.Phone, Hours = look?.Hours, Values = [.. facts.Values, .. library.Where(l => !facts.Values.Any(v => v.Level == VariableLevel.Library && v.Name == l.Name))] };
    }

    private async Task<ClientFacts> NearbyAsync(IQueryable<VariableValue> values, TenantId client, string name, CancellationToken cancel) => new()
    {
        Name = name,
        Values = await values.Where(v => v.TenantId == client).ToListAsync(cancel),
        Printers = await db.Printers.AsNoTracking().Where(p => p.TenantId == client).ToListAsync(cancel),
        VpnProfiles = await db.VpnProfiles.AsNoTracking().Where(p => p.TenantId == client).ToListAsync(cancel),
    };

    private async Task<ReaderPlace> PlaceAsync(GuideReader reader, CancellationToken cancel)
    {
        var contact = reader.Contact is { } person ? await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.TenantId == reader.Client && c.Id == person, cancel) : null;
        var device = (reader.Device ?? contact?.DeviceId) is { } id ? await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.TenantId == reader.Client && d.Id == id, cancel) : null;
        var at = reader.Site ?? contact?.SiteId ?? device?.SiteId;
        var site = at is { } place ? await db.Sites.AsNoTracking().FirstOrDefaultAsync(s => s.TenantId == reader.Client && s.Id == place, cancel) : null;
        return new(contact?.FirstName, site, device);
    }
}
