using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

public enum ContactRole { Contact, Manager }

/// <summary>A client's employee. The same address may exist in two clients; the two are different people.</summary>
public sealed class Contact : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public ContactId Id { get; init; } = ContactId.New();
    /// <summary>What another system calls this person.</summary>
    public string? ExternalRef { get; set; }
    public required string Name { get; set; }
    public required string Email { get; set; }
    /// <summary>Lower-case, unique within the client.</summary>
    public required string NormalizedEmail { get; set; }
    public string? Phone { get; set; }
    public string? Title { get; set; }
    public ContactRole Role { get; set; }
    public SiteId? SiteId { get; set; }
    public DeviceId? DeviceId { get; set; }
    public bool IsActive { get; set; } = true;
    /// <summary>The devices of one site that many people share: no mailbox, no password, signed in by the site's code.</summary>
    public bool IsShared { get; init; }
    public string? PasswordHash { get; set; }
    /// <summary>Changes with every change of credentials or rights; a session that carries another is signed out.</summary>
    public string SecurityStamp { get; set; } = Guid.NewGuid().ToString("n");
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEndAt { get; set; }

    public string FirstName => PersonName.First(Name);
}
