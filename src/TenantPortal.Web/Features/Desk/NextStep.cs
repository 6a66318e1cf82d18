using Microsoft.Extensions.Localization;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;

namespace TenantPortal.Web.Features.Desk;

/// <summary>The one sentence that says what to do now, and the one button for it.</summary>
/// <param name="Button">take, reply, resolve, reopen, clock, or empty when waiting is right.</param>
public sealed record NextStep(string Sentence, string Button)
{
    public static NextStep For(HandOffView view, bool isMine, IStringLocalizer words)
    {
        var ticket = view.Ticket;
        var first = view.Person.FirstName;
        if (!ticket.IsOpen) return new(words["NextResolved", ticket.ResolvedAt?.ToString("d MMM HH:mm", System.Globalization.CultureInfo.CurrentCulture) ?? ""], "reopen");
        var missing = string.Join(", ", ticket.MissingAnswers().Select(m => words[m].Value));
        if (ticket.AssigneeId is null && view.Callee is { } callee) return new(words["NextCall", callee], "take");
        if (ticket.IsTryingGuide && ticket.AssigneeId is null && view.Attempts is [.., { Outcome: AttemptOutcome.Running } running]) return new(words["NextTrying", first, running.Title, running.Steps.Count(s => s.Answer is not null), running.Steps.Count], "take");
        if (ticket.AssigneeId is null) return new(missing.Length > 0 ? words["NextTakeAsk", first, missing] : words["NextTake", first], "take");
        if (ticket.Status == TicketStatus.Waiting) return new(words["NextWaiting", first], "reply");
        if (ticket.Status == TicketStatus.OnHold && view.Messages is not [.., { AuthorKind: ActorKind.Contact }]) return new(words["NextOnHold"], "clock");
        if (missing.Length > 0) return new(words["NextAsk", first, missing], "reply");
        if (ticket.FirstReplyAt is null) return new(words["NextReply", first], "reply");
        return view.Messages is [.., { AuthorKind: ActorKind.Contact }] ? new(words["NextAnswer", first], "reply") : new(words[isMine ? "NextFix" : "NextTheirs"], "resolve");
    }
}
