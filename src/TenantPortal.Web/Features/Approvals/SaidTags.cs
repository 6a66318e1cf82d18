using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Approvals;

/// <summary>Risk tags one by one, and in words.</summary>
public static class SaidTags
{
    public static IEnumerable<RiskTags> Tags(this Ticket ticket) => Each(ticket.RiskTags);

    public static string Said(this RiskTags tags, IStringLocalizer words) => tags == RiskTags.None ? "" : string.Join(", ", Each(tags).Select(tag => words["Risk" + tag].Value));

    private static IEnumerable<RiskTags> Each(RiskTags tags) => Enum.GetValues<RiskTags>().Where(tag => tag != RiskTags.None && tags.HasFlag(tag));
}
