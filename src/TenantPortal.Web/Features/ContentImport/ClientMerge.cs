using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Brings a client's files into its rows, matched by external_ref; runs in the caller's transaction, in the order the foreign keys ask for.</summary>
/// <param name="isWhole">The files are all there is of the client; otherwise they are some records of it, and the rest stays.</param>
internal sealed class ClientMerge(PortalDb db, TenantId client, ClientFiles files, DateTimeOffset now, bool isWhole = true)
{
    private Dictionary<string, SiteId> sites = [];
    private Dictionary<string, DeviceId> devices = [];
    private Dictionary<string, ContactId> people = [];
    private int written;

    /// <returns>How many rows were written.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await SitesAsync(cancel);
        await PeopleAsync(cancel);
        await DevicesAsync(cancel);
        foreach (var person in db.Contacts.Local) person.DeviceId = files.People.FirstOrDefault(p => p.Ref == person.ExternalRef)?.Device is { } device ? devices[device] : person.DeviceId;
        await SoftwareAsync(cancel);
        await ChangesAsync(cancel);
        if (!isWhole) return written += await db.SaveChangesAsync(cancel);
        await PrintersAsync(cancel);
        await VpnAsync(cancel);
        await SystemsAsync(cancel);
        await VariablesAsync(cancel);
        written += await new ContractMerge(db, client, files, sites, now).RunAsync(cancel);
        await LookAsync(cancel);
        return written += await db.SaveChangesAsync(cancel);
    }

    // sites, people and devices have tickets: who is missing in the files stays until somebody deactivates it
    private async Task SitesAsync(CancellationToken cancel)
    {
        var known = await db.Sites.Where(s => s.ExternalRef != null).ToDictionaryAsync(s => s.ExternalRef!, cancel);
        foreach (var entry in files.Sites)
        {
            var site = known.GetValueOrDefault(entry.Ref) ?? Add(new Site { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name });
            (site.Name, site.Address, site.Phone, site.Kind, site.PeopleCount) = (entry.Name, entry.Address, entry.Phone, entry.Kind, entry.People);
            known[entry.Ref] = site;
        }
        sites = known.ToDictionary(s => s.Key, s => s.Value.Id);
        written += await db.SaveChangesAsync(cancel);
    }

    private async Task PeopleAsync(CancellationToken cancel)
    {
        var all = await db.Contacts.ToListAsync(cancel);
        foreach (var known in all.Where(c => c.ExternalRef is not null)) people[known.ExternalRef!] = known.Id;
        foreach (var entry in files.People)
        {
            var normalized = entry.Email.ToLowerInvariant();
            var person = all.Find(c => c.ExternalRef == entry.Ref) ?? all.Find(c => c.NormalizedEmail == normalized)
                ?? Add(new Contact { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name, Email = entry.Email, NormalizedEmail = normalized });
            (person.Name, person.Email, person.NormalizedEmail, person.Phone, person.Title, person.Role) = (entry.Name, entry.Email, normalized, entry.Phone, entry.Title, entry.Role);
            person.ExternalRef ??= entry.Ref;
            person.SiteId = entry.Site is { } site ? sites[site] : null;
            if (entry.IsActive is { } active && active != person.IsActive) (person.IsActive, person.SecurityStamp) = (active, Guid.NewGuid().ToString("n"));
            people[entry.Ref] = person.Id;
        }
        written += await db.SaveChangesAsync(cancel);
    }

    private async Task DevicesAsync(CancellationToken cancel)
    {
        var known = await db.Devices.Where(d => d.ExternalRef != null).ToDictionaryAsync(d => d.ExternalRef!, cancel);
        foreach (var entry in files.Devices)
        {
            var device = known.GetValueOrDefault(entry.Ref) ?? Add(new Device { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name });
            (device.Name, device.Kind, device.Model, device.Os, device.OsVersion, device.Serial) = (entry.Name, entry.Kind, entry.Model, entry.Os, entry.OsVersion, entry.Serial);
            (device.SiteId, device.ContactId) = (Site(entry.Site), entry.Person is { } person ? people[person] : null);
            known[entry.Ref] = device;
        }
        devices = known.ToDictionary(d => d.Key, d => d.Value.Id);
        written += await db.SaveChangesAsync(cancel);
    }

    private async Task SoftwareAsync(CancellationToken cancel)
    {
        var known = await db.Software.Where(s => s.ExternalRef != null).ToDictionaryAsync(s => s.ExternalRef!, cancel);
        foreach (var entry in files.Software)
        {
            if (!known.Remove(entry.Ref, out var software)) software = Add(new Software { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name });
            (software.Name, software.Vendor, software.Version, software.Portal) = (entry.Name, entry.Vendor, entry.Version, entry.Portal);
            (software.OnAllDevices, software.Seats, software.SeatsUsed) = (entry.InstalledOn is null, entry.Seats, entry.SeatsUsed);
            var installed = entry.InstalledOn?.Select(d => devices[d]).ToList() ?? [];
            if (!software.InstalledOn.SequenceEqual(installed)) software.InstalledOn = installed;
        }
        if (isWhole) db.RemoveRange(known.Values);
    }

    private async Task PrintersAsync(CancellationToken cancel)
    {
        var known = await db.Printers.Where(p => p.ExternalRef != null).ToDictionaryAsync(p => p.ExternalRef!, cancel);
        foreach (var entry in files.Printers)
        {
            if (!known.Remove(entry.Ref, out var printer)) printer = Add(new Printer { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name });
            (printer.Name, printer.Model, printer.Address, printer.Location, printer.SiteId, printer.IsDefault) = (entry.Name, entry.Model, entry.Address, entry.Location, Site(entry.Site), entry.IsDefault);
        }
        db.RemoveRange(known.Values);
    }

    private async Task VpnAsync(CancellationToken cancel)
    {
        var known = await db.VpnProfiles.Where(v => v.ExternalRef != null).ToDictionaryAsync(v => v.ExternalRef!, cancel);
        foreach (var entry in files.Vpn)
        {
            if (!known.Remove(entry.Ref, out var profile)) profile = Add(new VpnProfile { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name, App = entry.App, Gateway = entry.Gateway });
            (profile.Name, profile.App, profile.Gateway, profile.SiteId) = (entry.Name, entry.App, entry.Gateway, Site(entry.Site));
        }
        db.RemoveRange(known.Values);
    }

    // an instant told from today was fixed by the first import; only a date can move it
    private async Task ChangesAsync(CancellationToken cancel)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(files.Head.TimeZone);
        var known = await db.RecentChanges.Where(c => c.ExternalRef != null).ToDictionaryAsync(c => c.ExternalRef!, cancel);
        foreach (var entry in files.Changes)
        {
            var isNew = !known.TryGetValue(entry.Ref, out var change);
            change ??= Add(new RecentChange { TenantId = client, ExternalRef = entry.Ref, What = entry.What });
            if (isNew || entry.Moment.On is not null) change.At = entry.Moment.Resolve(now, zone);
            (change.What, change.Kind, change.By, change.SiteId, change.DeviceId) = (entry.What, entry.Kind, entry.By, Site(entry.Site), entry.Device is { } device ? devices[device] : null);
        }
    }

    private async Task SystemsAsync(CancellationToken cancel)
    {
        var known = await db.Systems.ToDictionaryAsync(s => s.ExternalRef, cancel);
        foreach (var entry in files.Systems)
        {
            if (!known.Remove(entry.Ref, out var system)) system = Add(new NamedSystem { TenantId = client, ExternalRef = entry.Ref, Name = entry.Name });
            (system.Name, system.IsCritical) = (entry.Name, entry.IsCritical);
            var at = entry.Sites?.Select(s => sites[s]).ToList() ?? [];
            if (!system.Everyday.SequenceEqual(entry.Everyday)) system.Everyday = [.. entry.Everyday];
            if (!system.Sites.SequenceEqual(at)) system.Sites = at;
        }
        db.RemoveRange(known.Values);
    }

    private async Task VariablesAsync(CancellationToken cancel)
    {
        var known = await db.Variables.ToDictionaryAsync(v => (v.Level, v.OwnerId, v.Name), cancel);
        foreach (var entry in files.Variables)
        {
            var owner = entry.Level switch { VariableLevel.Site => sites[entry.Owner!].Value, VariableLevel.Device => devices[entry.Owner!].Value, VariableLevel.Library or VariableLevel.Client => Guid.Empty };
            if (known.Remove((entry.Level, owner, entry.Name), out var value)) value.Value = entry.Value;
            else db.Add(new VariableValue { TenantId = client, Level = entry.Level, OwnerId = owner, Name = entry.Name, Value = entry.Value });
        }
        db.RemoveRange(known.Values);
    }

    // how the portal looks is the client's own from then on, edited in the browser
    private async Task LookAsync(CancellationToken cancel)
    {
        if (await db.Looks.AnyAsync(cancel)) return;
        var head = files.Head;
        db.Add(new ClientLook { TenantId = client, Theme = head.Theme, Accent = head.Accent, LogoSvg = head.LogoSvg, Phone = head.Phone, Hours = head.Hours, Welcome = head.Welcome, Notice = head.Notice });
    }

    private SiteId? Site(string? reference) => reference is null ? null : sites[reference];

    private T Add<T>(T row) where T : class
    {
        db.Add(row);
        return row;
    }
}
