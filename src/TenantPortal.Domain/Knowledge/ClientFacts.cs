using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Knowledge;

/// <summary>What a client's records say: the values set for it and the facts that guides may name.</summary>
public sealed record ClientFacts
{
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public string? Hours { get; init; }
    public IReadOnlyList<VariableValue> Values { get; init; } = [];
    public IReadOnlyList<Printer> Printers { get; init; } = [];
    public IReadOnlyList<VpnProfile> VpnProfiles { get; init; } = [];
}

/// <summary>Who reads and where: everything is optional, because a person may have no device and a company no sites.</summary>
public sealed record ReaderPlace(string? FirstName = null, Site? Site = null, Device? Device = null)
{
    public static ReaderPlace Unknown { get; } = new();
}
