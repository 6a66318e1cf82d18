using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Features.Triage;

namespace TenantPortal.Web.Features.Reporting;

public sealed record ChipOption(string Value, string Text, string? Group = null);

/// <summary>One inferred value that the person confirms or changes.</summary>
public sealed record Chip(string Key, EnvironmentField? Field, OfferedValue? Offered, IReadOnlyList<ChipOption> Options)
{
    public const string Unknown = "?";

    public string? TextOf(string? value) => Options.FirstOrDefault(o => o.Value == value)?.Text;
    public bool Takes(string value) => value is "" or Unknown || Options.Any(o => o.Value == value);
}

/// <summary>What the last screen asks: every chip with what is known, from where, and what else it could be.</summary>
public static class Chips
{
    public const string Device = "device", App = "app", System = "system", Os = "os", Site = "site", Sensitivity = "sensitivity";
    private const int Longest = 400;
    private static readonly string[] Systems = ["Windows 11", "Windows 10", "macOS", "iPhone or iPad", "Android", "ChromeOS"];

    public static IReadOnlyList<Chip> For(ClientProfile profile, InferredReport found, BrowserSees? browser, ContactId person, string otherSystem)
    {
        var device = profile.Device(found.Device?.Id is { } id ? new DeviceId(id) : null);
        return
        [
            new(Device, EnvironmentField.Device, Offer(found.Device, byId: true), Devices(profile, person, device)),
            new(App, EnvironmentField.App, Offer(found.App), [.. Words(found.App?.Value, profile.Software.Select(s => s.Name))]),
            new(System, null, Offer(found.System), [.. Words(found.System?.Value, profile.Rules.Systems.Select(s => s.Name)), new(otherSystem, otherSystem)]),
            OsChip(found.Os, device, browser),
            new(Site, EnvironmentField.Site, Offer(found.Site, byId: true), [.. profile.Sites.Values.OrderBy(s => s.Name, StringComparer.CurrentCulture).Select(s => new ChipOption(s.Id.ToString(), s.Name))]),
            new(Sensitivity, EnvironmentField.Sensitivity, Offer(found.Sensitivity), [.. Enum.GetNames<Sensitivity>().Select(s => new ChipOption(s, s))]),
        ];
    }

    private static OfferedValue? Offer(InferredValue? value, bool byId = false) => value is null ? null : new(byId ? $"{value.Id}" : value.Value, value.Source);

    // what the text says comes first; then the record of the device; the browser speaks only for a device without a record
    private static Chip OsChip(InferredValue? found, Device? device, BrowserSees? browser)
    {
        var recorded = found is { Source: FactSource.AssetRecord } && device?.Os is not null;
        var offered = found is not null && (found.Source == FactSource.Extracted || recorded) ? Offer(found) : browser is not null ? new(browser.Words, FactSource.Detected) : Offer(found);
        return new(Os, EnvironmentField.Os, offered, [.. Words(offered?.Value, browser is null ? Systems : [browser.Words, .. Systems])]);
    }

    private static List<ChipOption> Devices(ClientProfile profile, ContactId person, Device? found) =>
    [
        .. profile.Devices.Values
            .OrderByDescending(d => d.Id == found?.Id).ThenByDescending(d => d.ContactId == person).ThenByDescending(d => d.SiteId == found?.SiteId).ThenBy(d => d.Name, StringComparer.CurrentCulture)
            .Take(Longest).Select(d => new ChipOption(d.Id.ToString(), d.Model is null ? d.Name : $"{d.Name} ({d.Model})", d.ContactId == person ? "Own" : null)),
    ];

    private static IEnumerable<ChipOption> Words(string? first, IEnumerable<string> others) =>
        others.Prepend(first ?? "").Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(Longest).Select(w => new ChipOption(w, w));
}
