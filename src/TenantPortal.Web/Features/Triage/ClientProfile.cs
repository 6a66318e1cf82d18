using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Web.Features.Triage;

/// <summary>A client's rules, contract and equipment, ready for use. Shared between requests, so nobody changes what is in it.</summary>
public sealed record ClientProfile
{
    public required CompiledRules Rules { get; init; }
    /// <summary>The rules as they are kept for a replay, and their hash.</summary>
    public required RuleParts Parts { get; init; }
    public required string RulesHash { get; init; }
    public required ServiceTerms Terms { get; init; }
    /// <summary>The teams' hours as they were known when this was read.</summary>
    public required IReadOnlyList<TeamHours> Teams { get; init; }
    public required KnownNames Names { get; init; }
    public required IReadOnlyDictionary<DeviceId, Device> Devices { get; init; }
    public required IReadOnlyDictionary<SiteId, Site> Sites { get; init; }
    public required IReadOnlyList<Software> Software { get; init; }
    public required IReadOnlyList<Printer> Printers { get; init; }
    public required IReadOnlyList<VpnProfile> Vpn { get; init; }
    /// <summary>The days on which this contract is the one in force, or on which there is none.</summary>
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }

    public bool HoldsOn(DateOnly day) => day >= From && day <= Until;

    public Device? Device(DeviceId? id) => id is { } known ? Devices.GetValueOrDefault(known) : null;

    /// <summary>The device that is a person's own by either record.</summary>
    public Device? DeviceOf(ContactId person, DeviceId? chosen) => Device(chosen) ?? Devices.Values.Where(d => d.ContactId == person && d.Kind is not DeviceKind.Phone).MinBy(d => d.Name, StringComparer.Ordinal);

    public Site? Site(SiteId? id) => id is { } known ? Sites.GetValueOrDefault(known) : null;

    public IEnumerable<Software> On(Device device) => Software.Where(s => s.OnAllDevices || s.InstalledOn.Contains(device.Id));

    /// <summary>The fields a hand-off of this category needs; the most usual ones where the rules do not say.</summary>
    public IReadOnlyList<EnvironmentField> Needs(string category) =>
        Rules.Words.Category(category)?.Needs ?? [EnvironmentField.Device, EnvironmentField.Os, EnvironmentField.App, EnvironmentField.Error, EnvironmentField.FirstSeen];
}
