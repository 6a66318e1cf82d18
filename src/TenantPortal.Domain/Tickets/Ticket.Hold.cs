using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Rests of the clock: on the contact, on somebody else, or for a date.</summary>
public sealed partial class Ticket
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(366);

    public bool Rests => Status is TicketStatus.Waiting or TicketStatus.OnHold;

    /// <summary>Lets the clock of the fix rest, for a reason that everybody can read; what is <paramref name="until"/> a date ends by itself then. A later hold takes an earlier one's place.</summary>
    public Refusal? Hold(HoldReason reason, string? what, DateTimeOffset? until, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Its clocks have stopped.");
        if (FirstReplyAt is null) return new("Nobody has answered yet, and the clock of the first reply never rests. Answer first, then pause.");
        if (!MayProgress) return new("Answers are still missing, so the ticket stays new and its clock runs. Ask for them first.");
        if (reason == HoldReason.Contact && Status == TicketStatus.Waiting) return new("The clock rests already until the contact writes.");
        if (reason == HoldReason.Contact) return WaitForContact(by, now);
        if (string.IsNullOrWhiteSpace(what)) return new("Say in a few words what is waited for. The contact reads it.");
        if (reason == HoldReason.Scheduled && until is null) return new("Say until when: a planned job has a date and a time.");
        if (until <= now) return new("That time has passed already. Choose a later one.");
        if (until > now + LongestHold) return new("That is more than a year away. Resolve the ticket, and open one when the time has come.");
        (Status, HeldUntil) = (TicketStatus.OnHold, until);
        Record(TicketEventKind.Held, by, now, ("reason", reason.ToString()), ("what", Hide(CleanText.Of(what), by, now)), ("until", until?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? ""));
        return null;
    }

    public Refusal? Resume(Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to go on.");
        if (!Rests) return new("The clock runs already.");
        GoOn(by, now);
        return null;
    }

    private Refusal? WaitForContact(Actor by, DateTimeOffset now)
    {
        (Status, HeldUntil) = (TicketStatus.Waiting, null);
        Record(TicketEventKind.WaitingForContact, by, now, ("reason", "waiting for contact"));
        return null;
    }

    private void GoOn(Actor by, DateTimeOffset now)
    {
        (Status, HeldUntil) = (AssigneeId is null ? TicketStatus.New : TicketStatus.Open, null);
        Record(TicketEventKind.Resumed, by, now);
    }
}
