using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>The clocks of one ticket: made with it, read again from its events after every change.</summary>
public static class TicketClocks
{
    /// <summary>The events that start, rest, end or reopen a clock; nothing else moves one.</summary>
    public static readonly IReadOnlyList<TicketEventKind> Kinds = [TicketEventKind.WaitingForContact, TicketEventKind.Resumed, TicketEventKind.Resolved, TicketEventKind.Reopened];

    /// <summary>Gives the ticket the targets of a promise, or changes those it has; a change counts from the opening on.</summary>
    public static void Promise(Ticket ticket, Promise promise)
    {
        Set(ticket, TargetKind.Response, promise.FirstReplyMinutes, promise);
        Set(ticket, TargetKind.Resolution, promise.ResolutionMinutes, promise);
    }

    /// <summary>Writes due and met instants from the events of <see cref="Kinds"/>, and the ticket's next due time.</summary>
    public static void Refresh(Ticket ticket, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        foreach (var target in ticket.Targets)
        {
            var reading = Read(ticket, target, events, terms, now);
            target.MetAt = MetAt(ticket, target);
            // while the clock rests its last due time stays for sorting; a calendar that never opens must not hide the ticket
            target.DueAt = reading.DueAt ?? (reading.NeverOpens ? target.StartedAt.AddMinutes(target.AllowanceMinutes) : target.DueAt);
        }
        if (ticket.Targets.Count == 0) return;
        var unmet = ticket.Targets.Where(t => t.MetAt is null).ToList();
        ticket.Due(unmet.Count > 0 ? unmet.Min(t => t.DueAt) : ticket.Targets.Max(t => t.DueAt));
    }

    public static ClockReading Read(Ticket ticket, TicketTarget target, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        var kind = Enum.Parse<TargetKind>(target.Kind);
        var sla = new SlaTarget(kind, Enum.Parse<ClockKind>(target.ClockKind), TimeSpan.FromMinutes(target.AllowanceMinutes), terms.CalendarOf(target));
        return SlaClock.Read(sla, Events(ticket, target, events), now);
    }

    private static void Set(Ticket ticket, TargetKind kind, int minutes, Promise promise)
    {
        if (ticket.Targets.FirstOrDefault(t => t.Kind == kind.ToString()) is { } known)
        {
            (known.AllowanceMinutes, known.Always, known.SetBy) = (minutes, promise.Always, promise.SetBy);
            return;
        }
        ticket.Targets.Add(new()
        {
            TenantId = ticket.TenantId, TicketId = ticket.Id, Kind = kind.ToString(), ClockKind = nameof(ClockKind.FirstHumanReply),
            AllowanceMinutes = minutes, Always = promise.Always, SetBy = promise.SetBy, StartedAt = ticket.OpenedAt, DueAt = ticket.OpenedAt.AddMinutes(minutes),
        });
    }

    private static List<ClockEvent> Events(Ticket ticket, TicketTarget target, IReadOnlyList<TicketEvent> events)
    {
        var clock = new List<ClockEvent> { new ClockEvent.Started(target.StartedAt) };
        var isResponse = target.Kind == nameof(TargetKind.Response);
        if (isResponse && ticket.FirstReplyAt is { } repliedAt) clock.Add(new ClockEvent.Met(repliedAt));
        foreach (var happened in events.Where(e => !isResponse || ticket.FirstReplyAt is null).OrderBy(e => e.At))
            if (Of(happened, isResponse) is { } moved) clock.Add(moved);
        return clock;
    }

    // a fix by the contact's own hands ends the wait for a reply without keeping or breaking the promise of one
    private static ClockEvent? Of(TicketEvent happened, bool isResponse) => happened.Kind switch
    {
        TicketEventKind.WaitingForContact => new ClockEvent.Paused(happened.At, PauseReason.WaitingForContact, happened.ActorName),
        TicketEventKind.Resumed => new ClockEvent.Resumed(happened.At),
        TicketEventKind.Resolved when isResponse && happened.ActorKind != ActorKind.Staff => new ClockEvent.Stopped(happened.At),
        TicketEventKind.Resolved => new ClockEvent.Met(happened.At),
        TicketEventKind.Reopened => new ClockEvent.Reopened(happened.At),
        _ => null,
    };

    private static DateTimeOffset? MetAt(Ticket ticket, TicketTarget target) =>
        target.Kind == nameof(TargetKind.Response) ? ticket.FirstReplyAt ?? ticket.ResolvedAt : ticket.ResolvedAt;
}
