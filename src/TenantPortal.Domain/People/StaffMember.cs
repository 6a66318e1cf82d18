using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

[Flags]
public enum StaffRoles { None = 0, Engineer = 1, Dispatcher = 2, ServiceLead = 4, Author = 8, Operator = 16 }

/// <summary>One of the MSP's people, with the clients that person serves: a list, or all.</summary>
public sealed class StaffMember
{
    public StaffId Id { get; init; } = StaffId.New();
    /// <summary>The short name in content files ("anna").</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }
    public required string Email { get; set; }
    public required string NormalizedEmail { get; set; }
    public string? Phone { get; set; }
    public string? Title { get; set; }
    public StaffRoles Roles { get; set; }
    /// <summary>1 to 3; 0 for staff who are no engineers.</summary>
    public int Tier { get; set; }
    public bool ServesAllClients { get; set; }
    public List<TenantId> Clients { get; set; } = [];
    public bool IsActive { get; set; } = true;
    public string? PasswordHash { get; set; }
    public string SecurityStamp { get; set; } = Guid.NewGuid().ToString("n");
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEndAt { get; set; }
    public string? AuthenticatorKey { get; set; }
    public bool TwoFactorEnabled { get; set; }
    /// <summary>The last 30-second step whose code was accepted; a code of that step or earlier is a replay.</summary>
    public long LastTotpStep { get; set; }
    public string? RecoveryCodes { get; set; }

    public string FirstName => PersonName.First(Name);

    /// <summary>The tier whose guides, steps and notes this person may read, 1 to 3; staff without a tier read as tier 1.</summary>
    public int ReadsAsTier => Math.Clamp(Tier, 1, 3);

    public bool Serves(TenantId client) => ServesAllClients || Clients.Contains(client);
}
