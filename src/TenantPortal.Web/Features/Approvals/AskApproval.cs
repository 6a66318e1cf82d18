using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Approvals;

/// <summary>Asks for what one person may not do alone on a guarded ticket; what the same person asked for before gives way.</summary>
public sealed class AskApproval(PortalDb db, ChangeTicket change, StaffDirectory staff, Me me)
{
    /// <param name="because">Why nobody else can be asked: then it is sent at once, and a lead looks at it afterwards.</param>
    public Task<Refusal?> ReplyAsync(Ticket of, string text, bool waitAfter, string? because, CancellationToken cancel) => change.WithRowsAsync(of.TenantId, of.Id, async (ticket, now) =>
    {
        if (!ticket.IsOpen) return new("This ticket is resolved already. Reopen it to reply.");
        if (!ticket.IsGuarded) return new("This ticket needs no second person any more. Send the reply.");
        if (waitAfter && ticket.MissingAnswers().Count > 0 && ticket.Status == TicketStatus.New && ticket.Priority != Priority.P1) return new("Answers are still missing, so the ticket stays new and its clock runs. Ask for them, or reply without waiting.");
        var approval = Approval.OfReply(ticket, text, waitAfter, await RecipientAsync(ticket, cancel), me.AsActor(), now);
        if (because is not null) return Add(approval, approval.BreakGlass(ticket, because, me.AsActor(), now));
        await WithdrawAsync(ticket, ApprovalKind.Reply, now, cancel);
        ticket.Record(TicketEventKind.ApprovalAsked, me.AsActor(), now, approval.Told());
        return Add(approval, null);
    }, cancel);

    /// <summary>Changes priority and risk tags: at once where nothing stands behind them, otherwise a named lead is asked and everything stays as it is until then.</summary>
    /// <returns>Whether a lead was asked.</returns>
    public async Task<(bool IsAsked, Refusal? Refusal)> JudgeAsync(Ticket of, Priority to, RiskTags tags, string? why, StaffId? lead, CancellationToken cancel)
    {
        var isAsked = false;
        var refusal = await change.WithRowsAsync(of.TenantId, of.Id, async (ticket, now) =>
        {
            isAsked = ticket.NeedsLead(to, tags);
            if (!isAsked) return ticket.Change(to, tags, why, me.AsActor(), now);
            if (ticket.Changeable(to, tags, why) is { } refused) return refused;
            if (lead is not { } id || !Leads(ticket.TenantId).Any(l => l.Id == id)) return new("Choose the lead who is to agree.");
            var approval = Approval.OfMilder(ticket, to, tags, why!, id, await RecipientAsync(ticket, cancel), me.AsActor(), now);
            await WithdrawAsync(ticket, ApprovalKind.Milder, now, cancel);
            ticket.Record(TicketEventKind.ApprovalAsked, me.AsActor(), now, [.. approval.Told(), ("why", approval.Text)]);
            return Add(approval, null);
        }, cancel);
        return (isAsked, refusal);
    }

    /// <summary>The leads who can be asked about a client's tickets; nobody asks themselves.</summary>
    public IEnumerable<StaffMember> Leads(TenantId client) => staff.All.Where(s => s.IsActive && (s.Roles & Approval.Leads) != StaffRoles.None && s.Serves(client) && s.Id != me.Staff.Id);

    private Refusal? Add(Approval approval, Refusal? refusal)
    {
        if (refusal is null) db.Add(approval);
        return refusal;
    }

    private async Task WithdrawAsync(Ticket ticket, ApprovalKind kind, DateTimeOffset now, CancellationToken cancel)
    {
        var author = me.Staff.Id.Value;
        foreach (var earlier in await db.Approvals.Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id && a.AuthorId == author && a.Kind == kind && a.State == ApprovalState.Waiting).ToListAsync(cancel)) earlier.Withdraw(ticket, me.AsActor(), now);
    }

    private Task<string> RecipientAsync(Ticket ticket, CancellationToken cancel) => db.Contacts.Where(c => c.TenantId == ticket.TenantId && c.Id == ticket.ContactId).Select(c => c.Email).SingleAsync(cancel);
}
