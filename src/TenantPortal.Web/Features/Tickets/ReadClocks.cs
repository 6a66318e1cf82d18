using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A ticket's clocks with all that explains them.</summary>
/// <param name="Hold">The event of the hold that lasts; null while the clock runs, or waits for the contact.</param>
public sealed record ClocksView(string Reference, Ticket Ticket, string FirstName, TicketAccount Account, TicketEvent? Hold, bool ContactWroteLast);

/// <summary>Explains a ticket's clocks from its events and the contract that was in force when it was opened.</summary>
public sealed class ReadClocks(PageReads reads, PortalDb db, ClientProfiles profiles, ClientDirectory clients, TimeProvider time)
{
    /// <summary>Null when the client has no such ticket within the scope.</summary>
    public async Task<ClocksView?> RunAsync(TenantId client, int number, CancellationToken cancel)
    {
        if (await ClockRows.ReadAsync(reads, client, number, cancel) is not { Ticket: var ticket, Events: var events } rows) return null;
        var now = time.GetUtcNow();
        var profile = await profiles.OfAsync(client, db, ticket.OpenedAt, cancel);
        return new(
            $"{clients.ById(client)?.TicketPrefix}-{ticket.Number}", ticket, rows.Contact.FirstName, TicketAccount.Of(ticket, events, profile.Terms, now),
            ticket.Status == TicketStatus.OnHold ? events.LastOrDefault(e => e.Kind == TicketEventKind.Held) : null,
            events.LastOrDefault(e => e.Kind is TicketEventKind.ContactReplied or TicketEventKind.StaffReplied)?.Kind == TicketEventKind.ContactReplied);
    }
}
