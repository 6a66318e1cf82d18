using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>One entry of the desk's timeline; exactly one part is set.</summary>
public sealed record TimelineEntry(DateTimeOffset At, TicketMessage? Message = null, TicketNote? Note = null, TicketEvent? Event = null, Attempt? Attempt = null, DeskAttempt? Work = null);

/// <summary>A ticket as the desk shows it: the hand-off, notes, files, and the whole timeline.</summary>
public sealed record DeskTicketView(HandOffView HandOff, IReadOnlyList<TimelineEntry> Timeline, ILookup<MessageId?, TicketAttachment> Attachments);

/// <summary>Reads a ticket for the desk, by the reference in its address.</summary>
public sealed class DeskTicket(PageReads reads, ReaderFacts facts, UnreadNotices unread, HandOff handOff, Me me)
{
    public async Task<DeskTicketView?> RunAsync(TicketReference reference, CancellationToken cancel)
    {
        unread.Join(reads);
        facts.AskFor(reference.Client.Id, reference.Number);
        if (await TicketRows.ReadAsync(reads, reference.Client.Id, reference.Number, me.ReadsAsTier, cancel) is not { } rows) return null;
        var timeline = rows.Messages.Select(m => new TimelineEntry(m.At, Message: m))
            .Concat(rows.Notes.Select(n => new TimelineEntry(n.At, Note: n)))
            .Concat(rows.Attempts.Select(a => new TimelineEntry(a.StartedAt, Attempt: a)))
            .Concat(rows.Work.Select(w => new TimelineEntry(w.StartedAt, Work: w)))
            .Concat(rows.Events.Select(e => new TimelineEntry(e.At, Event: e)))
            .OrderBy(e => e.At).ThenBy(e => e.Event is null).ThenBy(e => e.Attempt is not null);
        return new(await handOff.OfAsync(rows, cancel), [.. timeline], rows.Files.ToLookup(f => f.MessageId));
    }
}
