using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Escalation;

/// <summary>A stretch of the week with the people who answer in it, the first one first. An end that is not later than its start lies on the next day; the same time twice is a whole day.</summary>
public sealed record Shift(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly Until, IReadOnlyList<StaffId> People)
{
    /// <summary>By the wall clock of the rota's place, so that a clock change leaves no hole.</summary>
    public bool Covers(DateTime wall)
    {
        var time = TimeOnly.FromDateTime(wall);
        if (From < Until) return Days.Contains(wall.DayOfWeek) && time >= From && time < Until;
        return (Days.Contains(wall.DayOfWeek) && time >= From) || (Days.Contains(wall.AddDays(-1).DayOfWeek) && time < Until);
    }
}

/// <summary>Who answers for a role, week by week, by the wall clock of one place.</summary>
public sealed class Rota
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    /// <summary>The name that clauses and paths use, such as network-lead; never reused.</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }
    public required string TimeZone { get; set; }
    public List<Shift> Shifts { get; set; } = [];
}

/// <summary>Somebody stands in on a rota for a while, before whoever the week names.</summary>
public sealed class StandIn
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RotaId { get; init; }
    public required StaffId StaffId { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public required DateTimeOffset UntilAt { get; init; }
    public string? Why { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}

/// <summary>Somebody is away, on every rota and for every call.</summary>
public sealed class TimeOff
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required StaffId StaffId { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public required DateTimeOffset UntilAt { get; init; }
    public string? Why { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}
