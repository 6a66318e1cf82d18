using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Escalation;

/// <summary>Whom and what an outage touches, as far as the client's records tell.</summary>
public sealed record BlastRadius(int People, int Devices, IReadOnlyList<string> Sites)
{
    /// <summary>The sites of the affected system, or the ticket's own; one person where only one is affected and no system is named.</summary>
    public static BlastRadius Of(Ticket ticket, IReadOnlyList<NamedSystem> systems, IReadOnlyDictionary<SiteId, Site> sites, IEnumerable<Device> devices)
    {
        var system = systems.FirstOrDefault(s => s.Name == ticket.AffectedSystem);
        var isAtSite = ticket.SiteId is not null && ticket.Impact is not Impact.Company;
        var touched = isAtSite ? sites.Values.Where(s => s.Id == ticket.SiteId).ToList() : [.. sites.Values.Where(s => system is null || system.Sites.Count == 0 || system.Sites.Contains(s.Id))];
        var ids = touched.ConvertAll(s => (SiteId?)s.Id);
        if (system is null && ticket.Impact is Impact.One) return new(1, ticket.DeviceId is null ? 0 : 1, [.. touched.Where(_ => isAtSite).Select(s => s.Name)]);
        return new(touched.Sum(s => s.PeopleCount), devices.Count(d => ids.Contains(d.SiteId)), [.. touched.Select(s => s.Name).Order(StringComparer.Ordinal)]);
    }
}
