using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>Brings together what the next person needs to know of one ticket.</summary>
public sealed class HandOff(PortalDb db, ClientProfiles profiles, SimilarTickets similar, ClientDirectory clients, TimeProvider time)
{
    private const int ChangeDays = 30, MostChanges = 20, MostSimilar = 3;

    /// <summary>Null when the client has no such ticket within the scope.</summary>
    public async Task<HandOffView?> RunAsync(TenantId client, int number, CancellationToken cancel)
    {
        var found = await (from ticket in db.Tickets.AsNoTracking().Include(t => t.Targets)
                           join contact in db.Contacts on new { ticket.TenantId, Id = ticket.ContactId } equals new { contact.TenantId, contact.Id }
                           where ticket.TenantId == client && ticket.Number == number
                           select new { Ticket = ticket, Person = new HandOffPerson(contact.Id, contact.Name, contact.Email, contact.Phone, contact.Title) }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        var id = found.Ticket.Id;
        var profile = await profiles.OfAsync(client, db, time.GetUtcNow(), cancel);
        return new()
        {
            Ticket = found.Ticket,
            Reference = $"{clients.ById(client)?.TicketPrefix}-{number}",
            ClientName = clients.ById(client)?.Name ?? "",
            CategoryTitle = profile.Rules.Words.Category(found.Ticket.Category)?.Title ?? found.Ticket.Verdict?.CategoryTitle ?? found.Ticket.Category,
            Person = found.Person,
            Environment = EnvironmentBlock.Of(await db.Facts.AsNoTracking().Where(f => f.TenantId == client && f.TicketId == id).ToListAsync(cancel), profile.Needs(found.Ticket.Category)),
            Messages = await db.Messages.AsNoTracking().Where(m => m.TenantId == client && m.TicketId == id).OrderBy(m => m.Number).ToListAsync(cancel),
            Attempts = await db.Attempts.AsNoTracking().Where(a => a.TenantId == client && a.TicketId == id).OrderBy(a => a.Number).ToListAsync(cancel),
            Surroundings = await SurroundingsAsync(found.Ticket, profile, cancel),
            Similar = await similar.RunAsync(found.Ticket, MostSimilar, cancel),
            Systems = [.. profile.Rules.Systems.Select(s => s.Name)],
            Callee = profile.Rules.Callee(found.Ticket.Verdict?.Clause?.Path),
        };
    }

    private async Task<SystemSurroundings> SurroundingsAsync(Ticket ticket, ClientProfile profile, CancellationToken cancel)
    {
        var device = profile.Device(ticket.DeviceId);
        var siteId = ticket.SiteId ?? device?.SiteId;
        var (client, deviceId, until) = (ticket.TenantId, ticket.DeviceId, ticket.OpenedAt.AddDays(1));
        var from = ticket.OpenedAt.AddDays(-ChangeDays);
        // a change without site and device touched the whole company
        var changes = await db.RecentChanges.AsNoTracking()
            .Where(c => c.TenantId == client && c.At >= from && c.At <= until && ((c.SiteId == null && c.DeviceId == null) || (deviceId != null && c.DeviceId == deviceId) || (c.DeviceId == null && siteId != null && c.SiteId == siteId)))
            .OrderByDescending(c => c.At).Take(MostChanges).ToListAsync(cancel);
        return new(device, profile.Site(siteId), device is null ? [] : [.. profile.On(device)],
            [.. profile.Printers.Where(p => p.SiteId is null || p.SiteId == siteId)], [.. profile.Vpn.Where(v => v.SiteId is null || v.SiteId == siteId)], changes);
    }
}
