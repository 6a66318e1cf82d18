using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Escalation;

/// <summary>A step at its moment: the target and the start of its round tell it from the same step on another clock.</summary>
public sealed record PlannedStep(string Target, DateTimeOffset StartedAt, PathStep Step, DateTimeOffset At)
{
    public (string, DateTimeOffset, int, string) Key => (Target, StartedAt, Step.Percent, Step.Key);
}

/// <summary>When the steps of a path fall due on one ticket, from its events alone: another priority, clause or pause gives other moments.</summary>
public static class EscalationPlan
{
    /// <summary>The target of steps that belong to no clock: those at 0 %, and those of a promised update.</summary>
    public const string OnPath = "Path", Update = "Update";
    private static readonly TimeSpan BeforeUpdate = TimeSpan.FromMinutes(10);

    /// <summary>Every step that will fall due as things stand, in order of time; a clock that rests or has ended has none.</summary>
    public static IReadOnlyList<PlannedStep> Of(Ticket ticket, EscalationPath path, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        if (!ticket.IsOpen) return [];
        var steps = path.Steps.Where(s => s.Percent == 0).Select(s => new PlannedStep(OnPath, ticket.OpenedAt, s, now)).ToList();
        foreach (var promised in terms.For(ticket.Priority, ticket.Verdict?.Clause, ticket.Queue).Targets)
            foreach (var threshold in path.Steps.Where(s => s.Percent > 0).GroupBy(s => s.Percent))
                if (TicketClocks.Reaches(ticket.OpenedAt, promised, threshold.Key, events, terms, now) is { } moment)
                    steps.AddRange(threshold.Select(s => new PlannedStep(promised.Kind.ToString(), moment.StartedAt, s, moment.At)));
        if (ticket.NextUpdateAt is { } update) steps.AddRange(OfUpdate(update, EscalationPath.KeyFor(ticket) == EscalationPath.Urgent));
        return [.. steps.OrderBy(s => s.At).ThenBy(s => s.Step.Percent)];
    }

    // a promised update has a clock of its own: its owner is told before, the lead when it is missed
    private static IEnumerable<PlannedStep> OfUpdate(DateTimeOffset at, bool isUrgent) =>
    [
        new(Update, at, new(90, StepAction.Notify, PathStep.Owner, Autonomy.Act), at - BeforeUpdate),
        new(Update, at, new(100, isUrgent ? StepAction.Call : StepAction.Notify, PathStep.Lead, Autonomy.Act), at),
    ];
}
