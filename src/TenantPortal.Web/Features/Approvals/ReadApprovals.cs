using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Approvals;

/// <summary>Something that waits for a second person, with what that person has to know.</summary>
/// <param name="LastSaid">The contact's last message; its number is what an approver has read.</param>
public sealed record WaitingApproval(Approval Approval, Ticket Ticket, Client Client, string ContactName, TicketMessage? LastSaid, Refusal? Outdated, bool IsMine, bool MayDecide)
{
    public string Reference => $"{Client.TicketPrefix}-{Ticket.Number}";
    /// <summary>Whether the reader is a lead, who looks at what went out alone.</summary>
    public required bool MayLook { get; init; }
    /// <summary>The contact has written after it was asked for.</summary>
    public bool IsOvertaken => LastSaid is { } said && said.At > Approval.AskedAt;
}

/// <summary>Reads what waits for a second person, and what went out without one and nobody has looked at.</summary>
public sealed class ReadApprovals(PortalDb db, ClientDirectory clients, Me me)
{
    private const int Most = 100;

    public Task<IReadOnlyList<WaitingApproval>> OpenAsync(CancellationToken cancel) => ReadAsync(db.Approvals.AsNoTracking().Where(a => a.State == ApprovalState.Waiting).OrderBy(a => a.AskedAt).Take(Most), cancel);

    public Task<IReadOnlyList<WaitingApproval>> AloneAsync(CancellationToken cancel) => ReadAsync(db.Approvals.AsNoTracking().Where(a => a.State == ApprovalState.BrokeGlass && a.LookedAt == null).OrderBy(a => a.AskedAt).Take(Most), cancel);

    public Task<IReadOnlyList<WaitingApproval>> OfAsync(Ticket ticket, CancellationToken cancel) =>
        ReadAsync(db.Approvals.AsNoTracking().Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id && a.State == ApprovalState.Waiting).OrderBy(a => a.AskedAt), cancel);

    /// <summary>Null when it is unknown, or of a client that the person does not serve.</summary>
    public Task<Approval?> ByIdAsync(Guid id, CancellationToken cancel) => db.Approvals.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel);

    private async Task<IReadOnlyList<WaitingApproval>> ReadAsync(IQueryable<Approval> wanted, CancellationToken cancel)
    {
        var approvals = await wanted.ToListAsync(cancel);
        if (approvals.Count == 0) return [];
        var ids = approvals.ConvertAll(a => a.TicketId);
        var of = approvals.ConvertAll(a => a.TenantId).Distinct().ToList();
        var tickets = await db.Tickets.AsNoTracking().Where(t => of.Contains(t.TenantId) && ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancel);
        var contactIds = tickets.Values.Select(t => t.ContactId).ToList();
        var contacts = await db.Contacts.AsNoTracking().Where(c => of.Contains(c.TenantId) && contactIds.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.Email }).ToDictionaryAsync(c => c.Id, cancel);
        var said = (await db.Messages.AsNoTracking().Where(m => of.Contains(m.TenantId) && ids.Contains(m.TicketId) && m.AuthorKind == ActorKind.Contact).OrderBy(m => m.Number).ToListAsync(cancel)).ToLookup(m => m.TicketId);
        return [.. approvals.Select(a => (Approval: a, Ticket: tickets[a.TicketId])).Select(w => new WaitingApproval(
            w.Approval, w.Ticket, clients.ById(w.Approval.TenantId)!, contacts[w.Ticket.ContactId].Name, said[w.Ticket.Id].LastOrDefault(),
            w.Approval.Outdated(w.Ticket, contacts[w.Ticket.ContactId].Email), w.Approval.AuthorId == me.Staff.Id.Value, Approval.MayDecide(w.Approval.Kind, me.Staff)) { MayLook = me.Has(Approval.Leads) })];
    }
}
