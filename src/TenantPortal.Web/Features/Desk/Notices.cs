using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>The bell: what this staff member should notice, newest first.</summary>
public sealed class Notices(PortalDb db, Me me, TimeProvider time)
{
    public sealed record Row(TenantId TenantId, Guid Id, int Number, string Subject, string Sentence, DateTimeOffset At, bool IsRead);

    public Task<List<Row>> RunAsync(CancellationToken cancel)
    {
        var self = me.Staff.Id.Value;
        return db.Notices.AsNoTracking().Where(n => n.StaffId == self).OrderByDescending(n => n.At).Take(100)
            .Join(db.Tickets, n => new { n.TenantId, Id = n.TicketId }, t => new { t.TenantId, t.Id }, (n, t) => new Row(n.TenantId, n.Id, t.Number, t.Subject, n.Sentence, n.At, n.ReadAt != null))
            .ToListAsync(cancel);
    }

    public async Task ReadAllAsync(CancellationToken cancel)
    {
        var (self, now) = (me.Staff.Id.Value, time.GetUtcNow());
        await db.Notices.Where(n => n.StaffId == self && n.ReadAt == null).ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, now), cancel);
    }
}

/// <summary>Tells staff of a new P1 (every engineer and lead who serves the client), of an assignment by somebody else, and of a contact's reply to the assignee. Once each.</summary>
public sealed class StaffNotices(PortalDb db, StaffDirectory staff, ClientDirectory clients) : IEventListener
{
    public async Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel)
    {
        foreach (var n in events.SelectMany(e => For(ticket, e)))
            await db.Database.ExecuteSqlAsync($"""
                insert into staff_notice (tenant_id, id, staff_id, ticket_id, kind, sentence, at)
                values ({n.TenantId.Value}, {n.Id}, {n.StaffId}, {n.TicketId.Value}, {n.Kind}, {n.Sentence}, {n.At})
                on conflict do nothing
                """, cancel);
    }

    private IEnumerable<StaffNotice> For(Ticket ticket, TicketEvent happened) => happened.Kind switch
    {
        TicketEventKind.VerdictGiven when happened.Detail.GetValueOrDefault("priority") == nameof(Priority.P1) && happened.Detail.GetValueOrDefault("was") != nameof(Priority.P1) =>
            Everyone(ticket).Select(s => Notice(ticket, happened, s.Id, "p1", $"New P1 at {ClientName(ticket)}: {ticket.Subject}")),
        TicketEventKind.Alerted when ticket.Priority != Priority.P1 => Everyone(ticket).Select(s => Notice(ticket, happened, s.Id, "alert", $"Looks urgent at {ClientName(ticket)}: {ticket.Subject}")),
        TicketEventKind.Assigned when happened.Detail.TryGetValue("staff", out var to) && Guid.TryParse(to, out var id) && id != happened.ActorId => [Notice(ticket, happened, new(id), "assigned", $"{happened.ActorName} assigned this to you")],
        TicketEventKind.ContactReplied or TicketEventKind.Reopened when ticket.AssigneeId is { } assignee && happened.ActorKind == ActorKind.Contact =>
            [Notice(ticket, happened, assignee, happened.Kind == TicketEventKind.Reopened ? "reopened" : "reply", $"{happened.ActorName} {(happened.Kind == TicketEventKind.Reopened ? "reopened this" : "replied")}")],
        _ => [],
    };

    private IEnumerable<StaffMember> Everyone(Ticket ticket) => staff.All.Where(s => s.IsActive && (s.Roles & (StaffRoles.Engineer | StaffRoles.ServiceLead | StaffRoles.Dispatcher)) != StaffRoles.None && (s.ServesAllClients || s.Clients.Contains(ticket.TenantId)));

    private string ClientName(Ticket ticket) => clients.ById(ticket.TenantId)?.Name ?? "";

    private static StaffNotice Notice(Ticket ticket, TicketEvent happened, StaffId to, string kind, string sentence) =>
        new() { TenantId = ticket.TenantId, StaffId = to.Value, TicketId = ticket.Id, Kind = kind, Sentence = CleanText.Start(sentence, 300), At = happened.At };
}
