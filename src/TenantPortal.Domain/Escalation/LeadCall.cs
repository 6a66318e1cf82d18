using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Escalation;

/// <summary>One call to one person. A step's calls go on, person after person, until somebody acknowledges one of them.</summary>
public sealed class LeadCall : ITenantOwned
{
    /// <summary>How often somebody is called before the next one is.</summary>
    public const int Each = 2;
    /// <summary>After so many unanswered calls a step gives up, and says so.</summary>
    public const int Most = 12;

    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    /// <summary>The taken step that calls.</summary>
    public required Guid StepId { get; init; }
    /// <summary>From 1 on within the step.</summary>
    public required int Number { get; init; }
    /// <summary>The role that was asked for.</summary>
    public required string Role { get; init; }
    public required StaffId StaffId { get; init; }
    public required string StaffName { get; init; }
    public required string Why { get; init; }
    public required DateTimeOffset CalledAt { get; init; }
    /// <summary>When the next one is called; null: never, this was the last, or somebody acknowledged.</summary>
    public DateTimeOffset? AgainAt { get; private set; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public string? AcknowledgedBy { get; private set; }

    public void GoOn(DateTimeOffset at) => AgainAt = at;

    public void Stop() => AgainAt = null;

    public void Acknowledge(string by, DateTimeOffset now) => (AgainAt, AcknowledgedAt, AcknowledgedBy) = (null, now, by);

    /// <summary>Whom to call next: the same person a second time, then whoever was called least, in the order of the ladder; null when nobody can be called.</summary>
    public static Callee? Next(IReadOnlyList<Callee> ladder, IReadOnlyList<LeadCall> before)
    {
        int Calls(Callee person) => before.Count(c => c.StaffId == person.Id);
        var last = before.Count == 0 ? null : before.MaxBy(c => c.Number);
        if (last is not null && ladder.FirstOrDefault(p => p.Id == last.StaffId) is { } again && Calls(again) % Each != 0) return again;
        return ladder.OrderBy(p => Calls(p) / Each).FirstOrDefault();
    }
}
