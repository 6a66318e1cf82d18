using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>Where rows go; counts what they do.</summary>
internal abstract class UploadTarget(PortalDb db, Dictionary<string, Site> sites)
{
    public int New { get; private set; }
    public int Changed { get; private set; }
    public int Same { get; private set; }

    /// <summary>Null when the row was taken, or the sentence why it was not.</summary>
    public abstract string? Take(Func<string, string?> cell);

    protected string? SiteOf(string? name, out SiteId? site)
    {
        site = null;
        if (name is null) return null;
        if (!sites.TryGetValue(name, out var known)) return $"There is no site “{name}”. Upload the sites first, or leave the cell empty.";
        site = known.Id;
        return null;
    }

    protected void Count(object row, bool isNew)
    {
        if (isNew) { db.Add(row); New++; return; }
        if (db.Entry(row).State == EntityState.Modified) Changed++;
        else Same++;
    }
}

internal sealed class PeopleTarget(PortalDb db, TenantId client, Dictionary<string, Site> sites, Dictionary<string, Contact> people) : UploadTarget(db, sites)
{
    public override string? Take(Func<string, string?> cell)
    {
        var (name, email) = (cell("name")!, cell("email")!);
        if (email.Length > 254 || !System.Net.Mail.MailAddress.TryCreate(email, out var parsed) || parsed.Address != email || !parsed.Host.Contains('.', StringComparison.Ordinal)) return $"“{email}” is no mail address.";
        if (SiteOf(cell("site"), out var site) is { } problem) return problem;
        if (cell("role") is { } said && !Roles.ContainsKey(said)) return $"The role “{said}” is not known. Use contact or manager.";
        var normalized = email.ToLowerInvariant();
        var isNew = !people.TryGetValue(normalized, out var person);
        person ??= people[normalized] = new() { TenantId = client, ExternalRef = cell("external_ref"), Name = name, Email = email, NormalizedEmail = normalized };
        // an empty cell leaves what is known
        (person.Name, person.Phone, person.Title, person.SiteId) = (name, cell("phone") ?? person.Phone, cell("title") ?? person.Title, site ?? person.SiteId);
        if (cell("role") is { } role) Give(person, Roles[role], isNew);
        Count(person, isNew);
        return null;
    }

    private static readonly Dictionary<string, ContactRole> Roles = new(StringComparer.OrdinalIgnoreCase) { ["contact"] = ContactRole.Contact, ["employee"] = ContactRole.Contact, ["manager"] = ContactRole.Manager };

    // rights that change end the sessions that had the others
    private static void Give(Contact person, ContactRole role, bool isNew)
    {
        if (person.Role == role) return;
        person.Role = role;
        if (!isNew) person.SecurityStamp = Guid.NewGuid().ToString("n");
    }
}

internal sealed class DevicesTarget(PortalDb db, TenantId client, Dictionary<string, Site> sites, Dictionary<string, Contact> people, Dictionary<string, Device> devices) : UploadTarget(db, sites)
{
    private static readonly string[] Systems = ["windows", "macos", "ios", "android", "chromeos"];

    public override string? Take(Func<string, string?> cell)
    {
        var name = cell("name")!;
        if (SiteOf(cell("site"), out var site) is { } problem) return problem;
        if (cell("kind") is { } said && !(Enum.TryParse<DeviceKind>(said, ignoreCase: true, out var known) && Enum.IsDefined(known))) return $"The kind “{said}” is not known. Use {string.Join(", ", Enum.GetNames<DeviceKind>()).ToLowerInvariant()}.";
        if (cell("os") is { } os && !Systems.Contains(os.ToLowerInvariant())) return $"The system “{os}” is not known. Use {string.Join(", ", Systems)}; “Windows 11 24H2” belongs into os_version.";
        Contact? person = null;
        if (cell("person") is { } owner && !people.TryGetValue(owner.ToLowerInvariant(), out person)) return $"Nobody here has the address “{owner}”. Upload the people first, or leave the cell empty.";
        var isNew = !devices.TryGetValue(name, out var device);
        device ??= devices[name] = new() { TenantId = client, ExternalRef = cell("external_ref"), Name = name, Kind = DeviceKind.Other };
        if (cell("kind") is { } kind) device.Kind = Enum.Parse<DeviceKind>(kind, ignoreCase: true);
        (device.Model, device.Os, device.OsVersion, device.Serial) = (cell("model") ?? device.Model, cell("os")?.ToLowerInvariant() ?? device.Os, cell("os_version") ?? device.OsVersion, cell("serial") ?? device.Serial);
        (device.SiteId, device.ContactId) = (site ?? device.SiteId, person?.Id ?? device.ContactId);
        Count(device, isNew);
        return null;
    }
}

internal sealed class SitesTarget(PortalDb db, TenantId client, Dictionary<string, Site> sites) : UploadTarget(db, sites)
{
    private readonly Dictionary<string, Site> all = sites;

    public override string? Take(Func<string, string?> cell)
    {
        var name = cell("name")!;
        var isNew = !all.TryGetValue(name, out var site);
        site ??= all[name] = new() { TenantId = client, ExternalRef = cell("external_ref"), Name = name };
        (site.Address, site.Phone, site.Kind) = (cell("address") ?? site.Address, cell("phone") ?? site.Phone, cell("kind") ?? site.Kind);
        Count(site, isNew);
        return null;
    }
}
