using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Desk;

/// <summary>What the desk says of a ticket in a few words: state, what is missing, risk tags.</summary>
public sealed record TicketState(TicketStatus Status, bool IsTryingGuide, bool GateComplete, RiskTags RiskTags, int Tier = 1, bool IsUnverified = false)
{
    public TicketState(Ticket ticket) : this(ticket.Status, ticket.IsTryingGuide, ticket.GateComplete, ticket.RiskTags, ticket.Tier, ticket.IsUnverified) { }

    public IEnumerable<RiskTags> Risks => Enum.GetValues<RiskTags>().Where(tag => tag != RiskTags.None && RiskTags.HasFlag(tag));
}
