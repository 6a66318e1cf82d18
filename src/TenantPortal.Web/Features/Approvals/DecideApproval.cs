using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Approvals;

/// <summary>The second person's answer; approving does what was asked for in the same save.</summary>
public sealed class DecideApproval(PortalDb db, ChangeTicket change, Me me, TimeProvider time)
{
    /// <param name="read">The number of the contact's last message that the person has read.</param>
    public Task<Refusal?> GiveAsync(Approval asked, int read, CancellationToken cancel) => RunAsync(asked, async (approval, ticket, now) =>
    {
        var recipient = await db.Contacts.Where(c => c.TenantId == ticket.TenantId && c.Id == ticket.ContactId).Select(c => c.Email).SingleAsync(cancel);
        var written = await db.Messages.Where(m => m.TenantId == ticket.TenantId && m.TicketId == ticket.Id && m.AuthorKind == ActorKind.Contact).MaxAsync(m => (int?)m.Number, cancel) ?? 0;
        return approval.Give(ticket, recipient, read, written, me.Staff, now);
    }, cancel);

    public Task<Refusal?> RefuseAsync(Approval asked, string? why, CancellationToken cancel) => RunAsync(asked, (approval, ticket, now) => Task.FromResult(approval.Refuse(ticket, why, me.Staff, now)), cancel);

    public Task<Refusal?> WithdrawAsync(Approval asked, CancellationToken cancel) => RunAsync(asked, (approval, ticket, now) => Task.FromResult(approval.Withdraw(ticket, me.AsActor(), now)), cancel);

    public async Task<Refusal?> LookAsync(Approval asked, CancellationToken cancel)
    {
        var (now, approval) = (time.GetUtcNow(), await db.Approvals.SingleAsync(a => a.TenantId == asked.TenantId && a.Id == asked.Id, cancel));
        if (approval.Look(me.Staff, now) is { } refusal) return refusal;
        db.Add(new ClientEvent { TenantId = approval.TenantId, Kind = "broken-glass-looked-at", ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = now, Detail = new() { ["approval"] = approval.Id.ToString(), ["ticket"] = approval.TicketId.ToString() } });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private Task<Refusal?> RunAsync(Approval asked, Func<Approval, Ticket, DateTimeOffset, Task<Refusal?>> verb, CancellationToken cancel) =>
        change.WithRowsAsync(asked.TenantId, asked.TicketId, async (ticket, now) => await verb(await db.Approvals.SingleAsync(a => a.TenantId == asked.TenantId && a.Id == asked.Id, cancel), ticket, now), cancel);
}
