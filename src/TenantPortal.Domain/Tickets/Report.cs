using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Tickets;

/// <summary>What a person reported, through whichever door, as the rules read it.</summary>
public sealed record Report
{
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public Channel Channel { get; init; }
    public Impact? Impact { get; init; }
    public Urgency? Urgency { get; init; }
    /// <summary>Name of a system of the client, as confirmed or matched; null when unknown.</summary>
    public string? AffectedSystem { get; init; }
    public Sensitivity? Sensitivity { get; init; }
    public SiteId? SiteId { get; init; }
    public string? ErrorText { get; init; }
    /// <summary>The category a request form brings with it.</summary>
    public string? FormCategory { get; init; }

    public string AllText => string.Concat(Subject, "\n", Text, "\n", ErrorText);
}
