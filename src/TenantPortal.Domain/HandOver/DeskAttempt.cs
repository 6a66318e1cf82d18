using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.HandOver;

/// <summary>How an engineer's own attempt stands.</summary>
public enum DeskOutcome { Solved, Partly, Failed, StillOpen }

/// <summary>One step of a guide that an engineer ticked, with what was found.</summary>
public sealed record TickedStep(string Id, string Title, int MinTier, StepAnswer Answer, string? Finding, DateTimeOffset At);

/// <summary>What an engineer tried on a ticket: a guide run as a checklist, or a step in the engineer's own words. Contacts never see it, nor does a tier below the guide's.</summary>
public sealed class DeskAttempt : ITenantOwned
{
    public const int LongestTitle = 300, LongestFinding = 1_000;

    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    /// <summary>1 for the first of the ticket's.</summary>
    public required int Number { get; init; }
    /// <summary>Null for a step in own words.</summary>
    public Guid? RunbookId { get; init; }
    public string? VersionHash { get; init; }
    public required string Title { get; init; }
    /// <summary>The tier that the guide is for; 0 for own words.</summary>
    public required int MinTier { get; init; }
    public required StaffId StaffId { get; init; }
    public required string StaffName { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public DeskOutcome Outcome { get; set; }
    /// <summary>What was ticked, in the guide's order.</summary>
    public required List<TickedStep> Steps { get; set; }
    public string? Comment { get; set; }

    /// <summary>Sets the ticks as they stand now; a step that was ticked before keeps its time while its answer is the same.</summary>
    public void Tick(IReadOnlyList<TickedStep> steps, DeskOutcome outcome, string? comment, DateTimeOffset now)
    {
        var before = Steps.ToDictionary(s => s.Id, StringComparer.Ordinal);
        Steps = [.. steps.Select(s => before.TryGetValue(s.Id, out var was) && was.Answer == s.Answer ? s with { At = was.At } : s)];
        (Outcome, Comment, EndedAt) = (outcome, comment, outcome == DeskOutcome.StillOpen ? null : now);
    }

    /// <summary>As an engineer of a tier may read it; null where the guide is above.</summary>
    public DeskAttempt? SeenFrom(int tier)
    {
        if (MinTier > tier) return null;
        if (!Steps.Exists(s => s.MinTier > tier)) return this;
        // words about the whole may speak of the steps that are left out
        return new()
        {
            TenantId = TenantId, Id = Id, TicketId = TicketId, Number = Number, RunbookId = RunbookId, VersionHash = VersionHash, Title = Title, MinTier = MinTier, StaffId = StaffId, StaffName = StaffName,
            StartedAt = StartedAt, EndedAt = EndedAt, Outcome = Outcome, Steps = [.. Steps.Where(s => s.MinTier <= tier)],
        };
    }

    /// <summary>The highest tier of anything it names.</summary>
    public int NamesTier => Steps.Select(s => s.MinTier).Append(MinTier).Max();
}
