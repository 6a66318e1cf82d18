using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>One promise on a ticket with each of its rounds explained, the latest last; without rounds it has not started.</summary>
/// <param name="SetBy">The clause or the contract's row that set it.</param>
/// <param name="Hours">Whose hours count, in a sentence.</param>
public sealed record ExplainedTarget(PromisedTarget Promised, string SetBy, string Hours, IReadOnlyList<ClockExplanation> Rounds);

/// <summary>A ticket's priority became another one: from then on other times count, from the start on.</summary>
public sealed record PriorityChange(DateTimeOffset At, string From, string To, string By);

/// <summary>The account of a ticket's clocks: every minute since it was opened, of every promise, with its label.</summary>
public sealed record TicketAccount(IReadOnlyList<ExplainedTarget> Targets, IReadOnlyList<PriorityChange> Changes)
{
    public static TicketAccount Of(Ticket ticket, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        var promise = terms.For(ticket.Priority, ticket.Verdict?.Clause, ticket.Queue);
        return new(
            [.. promise.Targets.Select(promised => new ExplainedTarget(promised, promise.SetBy, terms.HoursOf(promised), [.. TicketClocks.Read(ticket.OpenedAt, promised, events, terms, now).Select(ClockExplanation.Of)]))],
            [.. events.Where(e => e.Kind == TicketEventKind.VerdictGiven).OrderBy(e => e.At).Select(Change).OfType<PriorityChange>()]);
    }

    private static PriorityChange? Change(TicketEvent judged)
    {
        var (was, now) = (judged.Detail.GetValueOrDefault("was", ""), judged.Detail.GetValueOrDefault("priority", ""));
        return was.Length == 0 || was == now ? null : new(judged.At, was, now, judged.ActorName);
    }
}
