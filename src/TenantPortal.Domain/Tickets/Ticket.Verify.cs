using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>A ticket of somebody who could not sign in: it belongs to nobody until it is made sure who wrote it.</summary>
public sealed partial class Ticket
{
    private static readonly Refusal NobodyKnows = new("Nobody has made sure yet who this is. Call the number on record or send a code first; then reply.");

    public bool IsUnverified { get; private set; }

    /// <summary>Said once, at the opening.</summary>
    public void CameUnverified() => IsUnverified = true;

    /// <summary>From here on it is this person's ticket, with place and device as on record.</summary>
    /// <param name="how">callback or code.</param>
    public Refusal? Verify(ContactId person, SiteId? site, DeviceId? device, string how, string sentence, Actor by, DateTimeOffset now)
    {
        if (!IsUnverified) return new("It is settled already who this is.");
        if (!IsOpen) return new("This ticket is resolved already. Reopen it first.");
        (IsUnverified, ContactId, SiteId, DeviceId) = (false, person, site, device);
        Record(TicketEventKind.Verified, by, now, ("how", how), ("contact", person.ToString()), ("sentence", sentence));
        return null;
    }
}
