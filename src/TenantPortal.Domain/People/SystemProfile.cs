using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

public sealed class Site : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public SiteId Id { get; init; } = SiteId.New();
    public string? ExternalRef { get; set; }
    public required string Name { get; set; }
    public string? Address { get; set; }
    public string? Phone { get; set; }
    public string? Kind { get; set; }
    public int PeopleCount { get; set; }
}

public enum DeviceKind { Laptop, Desktop, Till, Tablet, Phone, Server, Router, Other }

public sealed class Device : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public DeviceId Id { get; init; } = DeviceId.New();
    public string? ExternalRef { get; set; }
    public required string Name { get; set; }
    public DeviceKind Kind { get; set; }
    public string? Model { get; set; }
    /// <summary>windows, macos, ios, android or chromeos.</summary>
    public string? Os { get; set; }
    public string? OsVersion { get; set; }
    public string? Serial { get; set; }
    public SiteId? SiteId { get; set; }
    public ContactId? ContactId { get; set; }
}

/// <summary>A program the client uses; seats are set where a licence limits them.</summary>
public sealed class Software : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string? ExternalRef { get; set; }
    public required string Name { get; set; }
    public string? Vendor { get; set; }
    public string? Version { get; set; }
    public bool OnAllDevices { get; set; }
    public List<DeviceId> InstalledOn { get; set; } = [];
    public int? Seats { get; set; }
    public int? SeatsUsed { get; set; }
    public string? Portal { get; set; }
}

public sealed class Printer : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string? ExternalRef { get; set; }
    public required string Name { get; set; }
    public string? Model { get; set; }
    public string? Address { get; set; }
    public string? Location { get; set; }
    public SiteId? SiteId { get; set; }
    public bool IsDefault { get; set; }
}

public sealed class VpnProfile : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string? ExternalRef { get; set; }
    public required string Name { get; set; }
    public required string App { get; set; }
    public required string Gateway { get; set; }
    /// <summary>Null: the whole company.</summary>
    public SiteId? SiteId { get; set; }
}

public enum ChangeKind { Update, Network, Account, Device, Other }

public sealed class RecentChange : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string? ExternalRef { get; set; }
    public required string What { get; set; }
    public ChangeKind Kind { get; set; }
    public DateTimeOffset At { get; set; }
    public SiteId? SiteId { get; set; }
    public DeviceId? DeviceId { get; set; }
    public string? By { get; set; }
}

/// <summary>A system by its own name and by the words its people use for it ("till", "kassa").</summary>
public sealed class NamedSystem : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string ExternalRef { get; init; }
    public required string Name { get; set; }
    public List<string> Everyday { get; set; } = [];
    /// <summary>Empty: every site.</summary>
    public List<SiteId> Sites { get; set; } = [];
    public bool IsCritical { get; set; }
}
