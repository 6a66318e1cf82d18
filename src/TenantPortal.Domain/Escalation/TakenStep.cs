using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Escalation;

/// <summary>Done: by the path. Asked: a lead decides. Accepted, Declined: a lead has decided. PassedOver: its moment lay too far back to tell anybody.</summary>
public enum StepState { Done, Asked, Accepted, Declined, PassedOver }

/// <summary>A step that was decided, once: its ticket, target, threshold and step are a unique key.</summary>
public sealed class TakenStep : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    public required string Target { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required int Percent { get; init; }
    public required string Step { get; init; }
    public required StepAction Action { get; init; }
    public required string Who { get; init; }
    /// <summary>The path's version with its approver, or the path as it comes.</summary>
    public required string Rule { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public StepState State { get; private set; }
    /// <summary>What came of it, in a sentence.</summary>
    public string Outcome { get; private set; } = "";
    public string? SettledBy { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }

    public (string, DateTimeOffset, int, string) Key => (Target, StartedAt, Percent, Step);

    public static TakenStep Of(Ticket ticket, PlannedStep planned, string rule, StepState state, DateTimeOffset now) => new()
    {
        TenantId = ticket.TenantId, TicketId = ticket.Id, Target = planned.Target, StartedAt = planned.StartedAt, Percent = planned.Step.Percent, Step = planned.Step.Key, Action = planned.Step.Action, Who = planned.Step.Who,
        Rule = rule, DueAt = planned.At, DecidedAt = now, State = state,
    };

    public void Came(string outcome) => Outcome = outcome;

    /// <summary>A lead accepts or declines what was asked.</summary>
    public Refusal? Settle(bool isAccepted, string by, DateTimeOffset now)
    {
        if (State != StepState.Asked) return new($"{SettledBy ?? "Somebody"} has decided about this already.");
        (State, SettledBy, SettledAt) = (isAccepted ? StepState.Accepted : StepState.Declined, by, now);
        return null;
    }
}
