using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>One ticket as the rules judge it today, and as they would with a draft in force.</summary>
public sealed record TriedTicket(int Number, string Subject, Verdict Today, Verdict With);

/// <summary>Tries a draft on one ticket that exists.</summary>
public sealed class TryOnTicket(PortalDb db, TriageFor triage)
{
    /// <returns>Null when the client has no such ticket.</returns>
    public async Task<TriedTicket?> RunAsync(Client client, ClauseVersion version, string reference, CancellationToken cancel)
    {
        var digits = reference.Trim().ToUpperInvariant().Replace(client.TicketPrefix + "-", "", StringComparison.Ordinal);
        if (!int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)) return null;
        if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.TenantId == client.Id && t.Number == number, cancel) is not { } ticket) return null;
        var text = await db.Messages.AsNoTracking().Where(m => m.TenantId == client.Id && m.TicketId == ticket.Id && m.Number == 1).Select(m => m.Text).FirstOrDefaultAsync(cancel) ?? "";
        var report = new Report
        {
            Subject = ticket.Subject, Text = text, Channel = ticket.Channel, Impact = ticket.Impact, Urgency = ticket.Urgency, AffectedSystem = ticket.AffectedSystem, SiteId = ticket.SiteId,
            FormCategory = ticket.RequestTypeId is null ? null : ticket.Category,
        };
        var triaged = await triage.RunAsync(client.Id, report, ticket.ContactId, ticket.Id, false, ticket.OpenedAt, cancel);
        return new(number, ticket.Subject, triaged.Verdict, TriageVerdict.For(report, ReplayClause.With(version, triaged.Profile, client).Rules, triaged.History));
    }
}
