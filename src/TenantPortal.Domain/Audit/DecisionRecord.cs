using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Audit;

/// <summary>A decision as it was taken: inputs, versions, candidates and output, so that it can be replayed and explained later.</summary>
public sealed class DecisionRecord : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid? TicketId { get; init; }
    /// <summary>verdict, guide-offer, hand-off …</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>JSON: what was read, with versions.</summary>
    public required string Inputs { get; init; }
    /// <summary>JSON: what came out, with candidates and reasons.</summary>
    public required string Output { get; init; }
}

/// <summary>Something that happened to a client's set-up: publishing, rights, settings. Appended, never changed.</summary>
public sealed class ClientEvent : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public long Id { get; init; }
    public required string Kind { get; init; }
    public required string ActorName { get; init; }
    public Guid? ActorId { get; init; }
    public required DateTimeOffset At { get; init; }
    public Dictionary<string, string> Detail { get; init; } = [];
}
