using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>Client: the client's open hours. Always: every hour. Team: the hours of the team whose queue the ticket stands in.</summary>
public enum CalendarChoice { Client, Always, Team }

/// <summary>How much must be down for a clause: one device, or what several people work with.</summary>
public enum Breadth { One, Several }

/// <summary>Minutes allowed for a priority, and whether every hour counts or only the client's open ones. Without minutes for it, no next reply is promised.</summary>
/// <param name="Clock">Between which moments the first reply is measured.</param>
public sealed record PriorityTarget(Priority Priority, int FirstReplyMinutes, int ResolutionMinutes, CalendarChoice Calendar, int? NextReplyMinutes = null, ClockKind Clock = ClockKind.FirstHumanReply);

/// <summary>Open hours as written: per weekday (mon to sun) spans such as "09:00-17:30", and closed dates.</summary>
public sealed record OpenHours(string TimeZone, IReadOnlyDictionary<string, IReadOnlyList<string>> Weekly, IReadOnlyList<DateOnly> Holidays);

public sealed class Contract : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string? ExternalRef { get; init; }
    public required string Name { get; set; }
    public required string Tier { get; set; }
    public required DateOnly StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
    public required OpenHours Hours { get; set; }
    public required List<PriorityTarget> Targets { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>One sentence of a contract as a typed rule: when this system is down or slow at these sites, this priority, these times, this person.</summary>
public sealed class Clause : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid ContractId { get; init; }
    public string? ExternalRef { get; init; }
    public required string Title { get; set; }
    /// <summary>Name of a <see cref="NamedSystem"/> of the client.</summary>
    public required string System { get; set; }
    /// <summary>down, slow.</summary>
    public required List<string> When { get; set; }
    public Breadth Breadth { get; set; }
    /// <summary>Empty: any site.</summary>
    public List<SiteId> Sites { get; set; } = [];
    public required Priority Priority { get; set; }
    public required int FirstReplyMinutes { get; set; }
    public required int ResolutionMinutes { get; set; }
    /// <summary>Null: no next reply is promised.</summary>
    public int? NextReplyMinutes { get; set; }
    public ClockKind Clock { get; set; } = ClockKind.FirstHumanReply;
    public CalendarChoice Calendar { get; set; }
    /// <summary>Key of the staff member or role who is called.</summary>
    public string? Path { get; set; }
    public required string Quote { get; set; }
    public string? Page { get; set; }
    public DateOnly? ReviewBy { get; set; }
    public int Version { get; set; } = 1;
}
