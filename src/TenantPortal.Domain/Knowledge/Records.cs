using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Knowledge;

/// <summary>Counts a client's publishes and withdrawals; a snapshot older than this number is not searched.</summary>
public sealed class KnowledgeGeneration : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public long Generation { get; set; }
}

/// <summary>A picture of a pack, copied to each client that reads the pack.</summary>
public sealed class PackMedia : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required string Pack { get; init; }
    public required string Name { get; init; }
    public required string MediaType { get; set; }
    public required byte[] Bytes { get; set; }
}

/// <summary>One search with what it found and what was chosen; the text is cleared after the retention setting.</summary>
public sealed class SearchLog : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DateTimeOffset At { get; init; }
    public required string PersonKind { get; init; }
    public required Guid PersonId { get; init; }
    public string? Text { get; set; }
    public required int Hits { get; set; }
    public Guid? BestId { get; set; }
    public float BestConfidence { get; set; }
    public Guid? ClickedId { get; set; }
    public Guid? TicketId { get; set; }
    /// <summary>report, search, desk, phone …</summary>
    public required string Place { get; init; }
}

/// <summary>A guide opened, finished or printed outside of a ticket ("solved before sending" is one of its kinds).</summary>
public sealed class GuideEvent : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DateTimeOffset At { get; init; }
    public required Guid ContactId { get; init; }
    public required Guid RunbookId { get; init; }
    public required string VersionHash { get; init; }
    /// <summary>offered, opened, printed, didnt and couldnt (with the step), solved, unsolved.</summary>
    public required string Kind { get; init; }
    public string? Step { get; init; }
    /// <summary>The ticket that the contact sent afterwards.</summary>
    public Guid? TicketId { get; set; }
}

/// <summary>A client's guides as its index keeps them, at one generation.</summary>
public sealed class IndexPack : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required long Generation { get; set; }
    public required byte[] Bytes { get; set; }
    public required DateTimeOffset MadeAt { get; set; }
}
