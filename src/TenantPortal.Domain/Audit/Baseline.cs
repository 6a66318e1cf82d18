using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Audit;

/// <summary>How a client's desk did between two moments. Late: first replies that came after they were promised. Bounced: went through more than one pair of hands. Corrected: a person changed what the rules had said.</summary>
public sealed record DeskFigures(DateTimeOffset From, DateTimeOffset To, int Tickets, int MedianFirstReplyMinutes, int Late, int Bounced, int Corrected, int Reopened);

/// <summary>The figures that later ones are held against: frozen by one person, approved by another, never changed.</summary>
public sealed class Baseline : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required DeskFigures Figures { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public Guid? ApproverId { get; private set; }
    public string? ApproverName { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    public Refusal? Approve(Guid approver, string name, DateTimeOffset now)
    {
        if (ApprovedAt is not null) return new($"{ApproverName} has approved this already.");
        if (approver == OwnerId) return new("You froze these figures. Somebody else approves them.");
        (ApproverId, ApproverName, ApprovedAt) = (approver, name, now);
        return null;
    }
}
