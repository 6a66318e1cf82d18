using System.Globalization;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Checkpoints: an update that was promised to the contact by a time, and its end.</summary>
public sealed partial class Ticket
{
    private static readonly TimeSpan LongestPromise = TimeSpan.FromDays(14);

    /// <summary>Promises the contact to hear from us again by then; a later promise takes an earlier one's place.</summary>
    public Refusal? PromiseUpdate(DateTimeOffset at, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to promise an update.");
        if (at <= now) return new("That time has passed already. Promise a later one.");
        if (at > now + LongestPromise) return new("That is more than two weeks away. Pause the ticket until then instead.");
        if (NextUpdateAt == at) return new("This update is promised already.");
        NextUpdateAt = at;
        Record(TicketEventKind.UpdatePromised, by, now, ("at", at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)));
        return null;
    }

    /// <summary>Writes down that nobody wrote in time; the promise stays until somebody does.</summary>
    public void MissUpdate(DateTimeOffset now) =>
        Record(TicketEventKind.UpdateMissed, Actor.Machine("promised update"), now, ("at", NextUpdateAt?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? ""));

    // a late update still ends the promise; that it was missed is written down already
    private void GiveUpdate(Actor by, DateTimeOffset now)
    {
        if (NextUpdateAt is not { } promised) return;
        NextUpdateAt = null;
        if (now <= promised) Record(TicketEventKind.UpdateGiven, by, now);
    }
}
