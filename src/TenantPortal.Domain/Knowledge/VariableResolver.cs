using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Knowledge;

/// <summary>Finds the value of {{name}}: the nearest level wins (person's device, site, client, library, the guide's own default); a fact from the records sits at its level, below a value set there.</summary>
public sealed class VariableResolver
{
    private readonly ClientFacts facts;
    private readonly Dictionary<(VariableLevel, Guid, string), string> values;
    private readonly HashSet<string> setNearby;

    public VariableResolver(ClientFacts facts)
    {
        this.facts = facts;
        values = facts.Values.ToDictionary(v => (v.Level, v.Level is VariableLevel.Site or VariableLevel.Device ? v.OwnerId : Guid.Empty, v.Name), v => v.Value);
        setNearby = [.. facts.Values.Where(v => v.Level is VariableLevel.Site or VariableLevel.Device).Select(v => v.Name)];
    }

    /// <summary>Whether site, device or person can change the value, so that it is not known when the guide is published.</summary>
    public bool IsOpen(string name) => setNearby.Contains(name) || Group(name) switch
    {
        "person" or "device" or "site" => true,
        "printer" => facts.Printers.Any(p => p.SiteId is not null),
        "vpn" => facts.VpnProfiles.Any(p => p.SiteId is not null),
        _ => false,
    };

    /// <summary>Whether only a person's own record can say it, so that a site cannot be blamed for its absence.</summary>
    public static bool IsPersonal(string name) => Group(name) is "person" or "device";

    /// <summary>What holds for the whole client: its own value, its records, the library's value, the guide's default.</summary>
    public string? ForClient(string name, RunbookVariable variable) =>
        Fit(variable.Type, Set(VariableLevel.Client, Guid.Empty, name) ?? ClientFact(name) ?? Set(VariableLevel.Library, Guid.Empty, name) ?? Text(variable.Default));

    /// <summary>What holds for this reader; the last resort is what was found for the client when the guide was published.</summary>
    public string? For(string name, OpenVariable variable, ReaderPlace place) =>
        Fit(variable.Type, PersonFact(name, place) ?? AtDevice(name, place.Device) ?? AtSite(name, place.Site) ?? (SiteHasOwn(name, place.Site) ? null : variable.Otherwise));

    /// <summary>Every value set near a site or device for these names, so that a version's hash can cover them.</summary>
    public IEnumerable<string> Nearby(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return values.Where(v => v.Key.Item1 is VariableLevel.Site or VariableLevel.Device && wanted.Contains(v.Key.Item3)).Select(v => $"{v.Key.Item1} {v.Key.Item2} {v.Key.Item3}={v.Value}").Order(StringComparer.Ordinal);
    }

    private string? AtDevice(string name, Device? device) => device is null ? null : Set(VariableLevel.Device, device.Id.Value, name) ?? Text(name switch
    {
        "device.name" => device.Name,
        "device.model" => device.Model,
        "device.os" => device.OsVersion ?? device.Os,
        _ => null,
    });

    private string? AtSite(string name, Site? site) => site is null ? null : Set(VariableLevel.Site, site.Id.Value, name) ?? (name == "site.name" ? Text(site.Name) : Printed(name, site.Id) ?? Tunnel(name, site.Id));

    private string? ClientFact(string name) => Text(name switch
    {
        "client.name" => facts.Name,
        "client.phone" => facts.Phone,
        "client.hours" => facts.Hours,
        _ => Printed(name, null) ?? Tunnel(name, null),
    });

    // the address of one printer is no answer for another: a site's own printer or profile is never completed from the company's
    private bool SiteHasOwn(string name, Site? site) => site is not null && Group(name) switch
    {
        "printer" => facts.Printers.Any(p => p.SiteId == site.Id),
        "vpn" => facts.VpnProfiles.Any(p => p.SiteId == site.Id),
        _ => false,
    };

    private string? Printed(string name, SiteId? site)
    {
        if (Group(name) != "printer") return null;
        var printer = facts.Printers.Where(p => p.SiteId == site).OrderByDescending(p => p.IsDefault).ThenBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault();
        return printer is null ? null : Text(name switch { "printer.name" => printer.Name, "printer.model" => printer.Model, "printer.address" => printer.Address, "printer.location" => printer.Location, _ => null });
    }

    private string? Tunnel(string name, SiteId? site)
    {
        if (Group(name) != "vpn") return null;
        var profile = facts.VpnProfiles.Where(p => p.SiteId == site).OrderBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault();
        return profile is null ? null : Text(name switch { "vpn.name" => profile.Name, "vpn.app" => profile.App, "vpn.gateway" => profile.Gateway, _ => null });
    }

    private static string? PersonFact(string name, ReaderPlace place) => name == "person.first_name" ? Text(place.FirstName) : null;

    private string? Set(VariableLevel level, Guid owner, string name) => Text(values.GetValueOrDefault((level, owner, name)));

    private static string Group(string name) => name.Split('.', 2)[0];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    // a value that is not what its type says would only mislead, so it counts as missing
    private static string? Fit(string type, string? value) => value is not null && VariableShape.Fits(type, value) ? value : null;
}
