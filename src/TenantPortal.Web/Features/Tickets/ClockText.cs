using System.Globalization;
using System.Text;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>The account of a ticket's clocks as plain text, for a mail or a contract meeting.</summary>
internal static class ClockText
{
    public static string Of(ClocksView view, ClockSaid said)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{view.Reference} {view.Ticket.Subject}\n{view.Ticket.Priority}, opened {said.At(view.Ticket.OpenedAt)}\n");
        foreach (var change in view.Account.Changes) text.Append(CultureInfo.InvariantCulture, $"{said.At(change.At)}: {change.From} became {change.To} ({change.By}); the times of {change.To} count from the opening on\n");
        foreach (var target in view.Account.Targets)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{ClockSaid.Name(target.Promised.Kind)}: {ClockSaid.Promise(target)}\n");
            if (target.Rounds.Count == 0) text.Append(CultureInfo.InvariantCulture, $"  {ClockSaid.NotStarted(target.Promised)}\n");
            foreach (var round in target.Rounds)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {said.State(round)}\n");
                foreach (var span in round.Spans) text.Append(CultureInfo.InvariantCulture, $"    {said.At(span.From)} to {said.At(span.To)}  {ClockSaid.Between(span.From, span.To)}  {ClockSaid.Label(span)}  (used {ClockSaid.Length(span.Counted)})\n");
                text.Append(CultureInfo.InvariantCulture, $"    Together {ClockSaid.Length(round.Counted)} counted, {ClockSaid.Length(round.Paused)} paused, {ClockSaid.Length(round.Closed)} outside the hours that count\n");
            }
        }
        return text.ToString();
    }
}
