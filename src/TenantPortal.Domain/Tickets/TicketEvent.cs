using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Who did something: a contact or staff member by id, or the machine by the name of its rule.</summary>
public sealed record Actor(ActorKind Kind, Guid? Id, string Name)
{
    public static Actor Machine(string rule) => new(ActorKind.Machine, null, rule);
}

/// <summary>One thing that happened to a ticket. Timeline, messages, clocks, figures and live pages are readings of these rows.</summary>
public sealed class TicketEvent : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    /// <summary>Grows over all clients; never shown to a contact.</summary>
    public long Id { get; init; }
    public required TicketId TicketId { get; init; }
    public required TicketEventKind Kind { get; init; }
    public required ActorKind ActorKind { get; init; }
    public Guid? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required DateTimeOffset At { get; init; }
    public Dictionary<string, string> Detail { get; init; } = [];
}
