using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.SelfService;

/// <summary>The words of one ticket that a guide solved, without names: they rank the guide and are shown to nobody.</summary>
public sealed class LearnedTicket : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required TicketId TicketId { get; init; }
    public required Guid RunbookId { get; init; }
    public required ContactId ContactId { get; init; }
    public required List<string> Words { get; init; }
    public required DateTimeOffset At { get; init; }
}
