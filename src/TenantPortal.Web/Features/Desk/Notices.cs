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

/// <summary>Tells staff of a new P1 (everyone who serves the client), of an assignment by somebody else, and of a contact's reply or reopening: the assignee, or where there is none all who could take it. Once each.</summary>
public sealed class StaffNotices(PortalDb db, StaffDirectory staff, ClientDirectory clients) : IEventListener
{
    private const StaffRoles Takers = StaffRoles.Engineer | StaffRoles.Dispatcher;

    public Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel) =>
        db.AddOnceAsync([.. events.Where(e => !IsWhyReopened(e, events)).SelectMany(e => For(ticket, e))], cancel);

    // the words that come with a reopening are the same news
    private static bool IsWhyReopened(TicketEvent happened, IReadOnlyList<TicketEvent> events) =>
        happened.Kind == TicketEventKind.ContactReplied && events.Any(e => e.Kind == TicketEventKind.Reopened && e.At == happened.At);

    private IEnumerable<StaffNotice> For(Ticket ticket, TicketEvent happened) => happened.Kind switch
    {
        TicketEventKind.VerdictGiven when happened.Detail.GetValueOrDefault("priority") == nameof(Priority.P1) && happened.Detail.GetValueOrDefault("was") != nameof(Priority.P1) =>
            Everyone(ticket).Select(s => Notice(ticket, happened, s.Id, "p1", $"New P1 at {ClientName(ticket)}: {ticket.Subject}")),
        TicketEventKind.Alerted when ticket.Priority != Priority.P1 => Everyone(ticket).Select(s => Notice(ticket, happened, s.Id, "alert", $"Looks urgent at {ClientName(ticket)}: {ticket.Subject}")),
        TicketEventKind.Assigned when happened.Detail.TryGetValue("staff", out var to) && Guid.TryParse(to, out var id) && id != happened.ActorId => [Notice(ticket, happened, new(id), "assigned", $"{happened.ActorName} assigned this to you")],
        TicketEventKind.PassedOn => Next(ticket, happened).Where(s => s.Id.Value != happened.ActorId).Select(s => Notice(ticket, happened, s.Id, "passed", $"{happened.ActorName} passed this on to {(happened.Detail.ContainsKey("staff") ? "you" : $"tier {happened.Detail["tier"]}")}: {ticket.Subject}")),
        TicketEventKind.ContactReplied when happened.ActorKind == ActorKind.Contact => Concerned(ticket).Select(to => Notice(ticket, happened, to, "reply", $"{happened.ActorName} replied")),
        TicketEventKind.Reopened when happened.ActorKind == ActorKind.Contact => Concerned(ticket).Select(to => Notice(ticket, happened, to, "reopened", $"{happened.ActorName} reopened this")),
        TicketEventKind.ApprovalAsked when Kind(happened) is { } kind => Deciders(ticket, kind, happened).Select(s => Notice(ticket, happened, s.Id, "approval", kind == ApprovalKind.Reply ? $"{happened.ActorName} asks you to approve a reply: {ticket.Subject}" : $"{happened.ActorName} asks to make it milder: {ticket.Subject}")),
        TicketEventKind.ApprovalGiven or TicketEventKind.ApprovalRefused when Guid.TryParse(happened.Detail.GetValueOrDefault("author"), out var author) =>
            [Notice(ticket, happened, new(author), "approval", happened.Kind == TicketEventKind.ApprovalGiven ? $"{happened.ActorName} approved what you asked for" : $"{happened.ActorName} said no: {happened.Detail.GetValueOrDefault("why")}")],
        TicketEventKind.GlassBroken => Serving(ticket, Approval.Leads).Where(s => s.Id.Value != happened.ActorId).Select(s => Notice(ticket, happened, s.Id, "alone", $"{happened.ActorName} sent a reply without a second person")),
        _ => [],
    };

    private static ApprovalKind? Kind(TicketEvent happened) => Enum.TryParse<ApprovalKind>(happened.Detail.GetValueOrDefault("kind"), out var kind) ? kind : null;

    // a lead who was asked by name, or everybody who may approve the reply
    private IEnumerable<StaffMember> Deciders(Ticket ticket, ApprovalKind kind, TicketEvent happened)
    {
        var named = Guid.TryParse(happened.Detail.GetValueOrDefault("lead"), out var lead) ? lead : Guid.Empty;
        return Serving(ticket, Takers | Approval.Leads).Where(s => s.Id.Value != happened.ActorId && Approval.MayDecide(kind, s) && (named == Guid.Empty || s.Id.Value == named));
    }

    // the person it was given to, or everybody of that line
    private IEnumerable<StaffMember> Next(Ticket ticket, TicketEvent passed)
    {
        if (Guid.TryParse(passed.Detail.GetValueOrDefault("staff"), out var to)) return staff.ById(new(to)) is { } person ? [person] : [];
        var tier = int.Parse(passed.Detail["tier"], System.Globalization.CultureInfo.InvariantCulture);
        return Serving(ticket, StaffRoles.Engineer).Where(s => s.ReadsAsTier >= tier);
    }

    private IEnumerable<StaffId> Concerned(Ticket ticket) => ticket.AssigneeId is { } assignee ? [assignee] : Serving(ticket, Takers).Select(s => s.Id);

    private IEnumerable<StaffMember> Everyone(Ticket ticket) => Serving(ticket, Takers | StaffRoles.ServiceLead);

    private IEnumerable<StaffMember> Serving(Ticket ticket, StaffRoles roles) => staff.All.Where(s => s.IsActive && (s.Roles & roles) != StaffRoles.None && s.Serves(ticket.TenantId));

    private string ClientName(Ticket ticket) => clients.ById(ticket.TenantId)?.Name ?? "";

    private static StaffNotice Notice(Ticket ticket, TicketEvent happened, StaffId to, string kind, string sentence) =>
        new() { TenantId = ticket.TenantId, StaffId = to.Value, TicketId = ticket.Id, Kind = kind, Sentence = CleanText.Start(sentence, 300), At = happened.At };
}
