using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>One entry of the desk's timeline; exactly one part is set.</summary>
public sealed record TimelineEntry(DateTimeOffset At, TicketMessage? Message = null, TicketNote? Note = null, TicketEvent? Event = null, Attempt? Attempt = null);

/// <summary>A ticket as the desk shows it: the hand-off, notes, files, and the whole timeline.</summary>
public sealed record DeskTicketView(HandOffView HandOff, IReadOnlyList<TimelineEntry> Timeline, ILookup<MessageId?, TicketAttachment> Attachments);

/// <summary>Reads a ticket for the desk, by the reference in its address.</summary>
public sealed class DeskTicket(PortalDb db, HandOff handOff)
{
    private const int MostEvents = 300;
    // what the timeline shows as one grey line; the rest is told by messages, facts and attempts themselves
    private static readonly TicketEventKind[] Told =
    [
        TicketEventKind.Opened, TicketEventKind.VerdictGiven, TicketEventKind.VerdictSuggested, TicketEventKind.Alerted, TicketEventKind.PersonAsked,
        TicketEventKind.HandedOff, TicketEventKind.Taken, TicketEventKind.Assigned, TicketEventKind.WaitingForContact, TicketEventKind.Resumed,
        TicketEventKind.Resolved, TicketEventKind.Reopened, TicketEventKind.GateCompleted, TicketEventKind.QuestionAsked,
    ];

    public async Task<DeskTicketView?> RunAsync(TicketReference reference, CancellationToken cancel)
    {
        if (await handOff.RunAsync(reference.Client.Id, reference.Number, cancel) is not { } view) return null;
        var (client, id) = (view.Ticket.TenantId, view.Ticket.Id);
        var notes = await db.Notes.AsNoTracking().Where(n => n.TenantId == client && n.TicketId == id).OrderBy(n => n.At).ToListAsync(cancel);
        var events = await db.Events.AsNoTracking().Where(e => e.TenantId == client && e.TicketId == id && Told.Contains(e.Kind)).OrderByDescending(e => e.Id).Take(MostEvents).ToListAsync(cancel);
        var files = await db.Attachments.AsNoTracking().Where(a => a.TenantId == client && a.TicketId == id).OrderBy(a => a.At).ToListAsync(cancel);
        var timeline = view.Messages.Select(m => new TimelineEntry(m.At, Message: m))
            .Concat(notes.Select(n => new TimelineEntry(n.At, Note: n)))
            .Concat(view.Attempts.Select(a => new TimelineEntry(a.StartedAt, Attempt: a)))
            .Concat(events.OrderBy(e => e.Id).Select(e => new TimelineEntry(e.At, Event: e)))
            .OrderBy(e => e.At).ThenBy(e => e.Event is null).ThenBy(e => e.Attempt is not null);
        return new(view, [.. timeline], files.ToLookup(f => f.MessageId));
    }
}
