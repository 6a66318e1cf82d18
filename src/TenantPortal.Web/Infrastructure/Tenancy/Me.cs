using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Tenancy;

public enum Door { None, Portal, Desk, Admin, Live, Hooks, Api }

/// <summary>A contact as remembered for the session check: rights and place, no text.</summary>
public sealed record SignedInContact(TenantId TenantId, ContactId Id, string Name, string Email, ContactRole Role, SiteId? SiteId, DeviceId? DeviceId, string SecurityStamp, bool IsShared)
{
    public string FirstName => PersonName.First(Name);
}

/// <summary>Who makes this request, through which door. Set once, by the door.</summary>
public sealed class Me
{
    public Door Door { get; internal set; }
    /// <summary>The client whose portal this is, or that a program's address names.</summary>
    public Client? Client { get; internal set; }
    public SignedInContact? ContactOrNone { get; internal set; }
    public StaffMember? StaffOrNone { get; internal set; }
    /// <summary>The key that a program came with; only at the door of programs.</summary>
    public ApiToken? TokenOrNone { get; internal set; }

    public SignedInContact Contact => ContactOrNone ?? throw new InvalidOperationException("No contact is signed in.");
    public StaffMember Staff => StaffOrNone ?? throw new InvalidOperationException("No staff member is signed in.");
    /// <summary>The clearance with which guides, steps and notes are read: 0 for a contact, 1 to 3 for staff.</summary>
    public int ReadsAsTier => StaffOrNone?.ReadsAsTier ?? 0;
    public bool Has(StaffRoles role) => StaffOrNone is { } staff && (staff.Roles & role) != StaffRoles.None;

    public Actor AsActor() => StaffOrNone is { } staff ? new(ActorKind.Staff, staff.Id.Value, staff.FirstName) : new(ActorKind.Contact, Contact.Id.Value, Contact.Name);
}
