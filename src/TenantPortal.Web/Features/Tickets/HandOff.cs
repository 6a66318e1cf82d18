using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>Brings together what the next person needs to know of one ticket.</summary>
public sealed class HandOff(PortalDb db, PageReads reads, ClientProfiles profiles, ClientDirectory clients, Me me, TimeProvider time)
{
    private const int MostSimilar = 3;

    /// <summary>Null when the client has no such ticket within the scope.</summary>
    public async Task<HandOffView?> RunAsync(TenantId client, int number, CancellationToken cancel) =>
        await TicketRows.ReadAsync(reads, client, number, me.ReadsAsTier, cancel) is { } rows ? await OfAsync(rows, cancel) : null;

    public async Task<HandOffView> OfAsync(TicketRows rows, CancellationToken cancel)
    {
        var (ticket, contact) = (rows.Ticket, rows.Contact);
        var profile = await profiles.OfAsync(ticket.TenantId, db, time.GetUtcNow(), cancel);
        return new()
        {
            Ticket = ticket,
            Reference = $"{clients.ById(ticket.TenantId)?.TicketPrefix}-{ticket.Number}",
            ClientName = clients.ById(ticket.TenantId)?.Name ?? "",
            CategoryTitle = profile.Rules.Words.Category(ticket.Category)?.Title ?? ticket.Verdict?.CategoryTitle ?? ticket.Category,
            Person = new(contact.Id, contact.Name, contact.Email, contact.Phone, contact.Title),
            Environment = EnvironmentBlock.Of(rows.Facts, profile.Needs(ticket.Category)),
            Messages = rows.Messages,
            Attempts = rows.Attempts,
            Work = rows.Work,
            PassedOn = Passed.Of(rows),
            Surroundings = Surroundings(ticket, profile, rows.Changes),
            Similar = SimilarTicket.To(ticket, rows.Resolved, MostSimilar),
            Systems = [.. profile.Rules.Systems.Select(s => s.Name)],
            Callee = profile.Rules.Callee(ticket.Verdict?.Clause?.Path),
        };
    }

    private static SystemSurroundings Surroundings(Ticket ticket, ClientProfile profile, IReadOnlyList<RecentChange> changes)
    {
        var device = profile.Device(ticket.DeviceId);
        var siteId = ticket.SiteId ?? device?.SiteId;
        return new(device, profile.Site(siteId), device is null ? [] : [.. profile.On(device)],
            [.. profile.Printers.Where(p => p.SiteId is null || p.SiteId == siteId)], [.. profile.Vpn.Where(v => v.SiteId is null || v.SiteId == siteId)], changes);
    }
}
