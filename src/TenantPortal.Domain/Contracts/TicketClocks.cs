using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>The clocks of one ticket: made with it, read again from its events after every change.</summary>
public static class TicketClocks
{
    /// <summary>Gives the ticket the targets it is promised now and writes their due and met instants from the events of <see cref="TicketRounds.Kinds"/>;
    /// a promise that changed counts from its start on. A target that has not started is not there yet.</summary>
    public static void Refresh(Ticket ticket, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        var promise = terms.For(ticket.Priority, ticket.Verdict?.Clause, ticket.Queue);
        ticket.Targets.RemoveAll(t => promise.Targets.All(p => p.Kind.ToString() != t.Kind));
        foreach (var promised in promise.Targets)
        {
            if (Read(ticket.OpenedAt, promised, events, terms, now) is [.., var latest]) Write(Row(ticket, promised, promise), promised, latest);
            else ticket.Targets.RemoveAll(t => t.Kind == promised.Kind.ToString());
        }
        var next = ticket.Targets.Where(t => t.MetAt is null).MinBy(t => t.DueAt) ?? ticket.Targets.MaxBy(t => t.DueAt);
        if (next is not null) ticket.Due(next.DueAt, next.Kind);
    }

    /// <summary>Every round of a promise as it stands, the latest last.</summary>
    public static IReadOnlyList<ClockReading> Read(DateTimeOffset openedAt, PromisedTarget promised, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        var target = new SlaTarget(promised.Kind, promised.Clock, TimeSpan.FromMinutes(promised.Minutes), terms.CalendarOf(promised));
        return [.. TicketRounds.Of(promised.Kind, promised.Clock, openedAt, events.OrderBy(e => e.At)).Select(round => SlaClock.Read(target, round, now))];
    }

    /// <summary>When a running clock has used so much of its time, and when its round began; null while it rests, after it ended, or where its hours never open.</summary>
    public static (DateTimeOffset StartedAt, DateTimeOffset At)? Reaches(DateTimeOffset openedAt, PromisedTarget promised, int percent, IReadOnlyList<TicketEvent> events, ServiceTerms terms, DateTimeOffset now)
    {
        if (TicketRounds.Of(promised.Kind, promised.Clock, openedAt, events.OrderBy(e => e.At)) is not [.., var round]) return null;
        var part = new SlaTarget(promised.Kind, promised.Clock, TimeSpan.FromMinutes(promised.Minutes) * percent / 100, terms.CalendarOf(promised));
        var reading = SlaClock.Read(part, round, now);
        return reading is { EndedAt: null, DueAt: { } at, StartedAt: { } startedAt } ? (startedAt, at) : null;
    }

    /// <summary>Whether the first reply came after it was promised, or has not come by then; from the few moments that are kept with a ticket.</summary>
    public static bool IsReplyLate(DateTimeOffset openedAt, DateTimeOffset? handedOffAt, DateTimeOffset? firstReplyAt, DateTimeOffset? resolvedAt, Promise promise, ServiceTerms terms, DateTimeOffset now)
    {
        List<TicketEvent> events = [];
        void Happened(TicketEventKind kind, DateTimeOffset? at) { if (at is { } moment) events.Add(new() { TenantId = default, TicketId = default, Kind = kind, ActorKind = ActorKind.Staff, ActorName = "", At = moment }); }
        Happened(TicketEventKind.HandedOff, handedOffAt);
        Happened(TicketEventKind.StaffReplied, firstReplyAt);
        Happened(TicketEventKind.Resolved, resolvedAt);
        return Read(openedAt, promise.Targets.First(t => t.Kind == TargetKind.Response), events, terms, now) is [.., { State: ClockState.Breached or ClockState.MetLate }];
    }

    private static TicketTarget Row(Ticket ticket, PromisedTarget promised, Promise promise)
    {
        if (ticket.Targets.Find(t => t.Kind == promised.Kind.ToString()) is not { } row)
        {
            row = new()
            {
                TenantId = ticket.TenantId, TicketId = ticket.Id, Kind = promised.Kind.ToString(), ClockKind = promised.Clock.ToString(),
                AllowanceMinutes = promised.Minutes, Calendar = promised.Calendar.ToString(), SetBy = promise.SetBy, StartedAt = ticket.OpenedAt, DueAt = ticket.OpenedAt,
            };
            ticket.Targets.Add(row);
        }
        (row.ClockKind, row.AllowanceMinutes, row.Calendar, row.SetBy) = (promised.Clock.ToString(), promised.Minutes, promised.Calendar.ToString(), promise.SetBy);
        return row;
    }

    private static void Write(TicketTarget row, PromisedTarget promised, ClockReading reading)
    {
        var isAnotherRound = row.StartedAt != reading.StartedAt;
        row.StartedAt = reading.StartedAt!.Value;
        row.MetAt = reading.EndedAt;
        // while the clock rests its last due time stays for sorting; a calendar that never opens must not hide the ticket
        if (reading.DueAt is { } due) row.DueAt = due;
        else if (reading.NeverOpens || isAnotherRound) row.DueAt = row.StartedAt.AddMinutes(promised.Minutes);
    }
}
