using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Contracts;

/// <summary>A ticket's events as the clocks of its promises hear them. A first reply and a fix have one round; the next reply has one for every time the contact waits for an answer.</summary>
public static class TicketRounds
{
    /// <summary>The events that start, rest, end or reopen a clock; nothing else moves one.</summary>
    public static readonly IReadOnlyList<TicketEventKind> Kinds =
    [
        TicketEventKind.GuideOffered, TicketEventKind.HandedOff, TicketEventKind.QuestionAsked, TicketEventKind.Taken, TicketEventKind.Assigned, TicketEventKind.StaffReplied, TicketEventKind.ContactReplied,
        TicketEventKind.WaitingForContact, TicketEventKind.Held, TicketEventKind.Resumed, TicketEventKind.Resolved, TicketEventKind.Reopened,
    ];

    /// <summary>Expects the ticket's events in order of time; each round begins with its start.</summary>
    public static IReadOnlyList<IReadOnlyList<ClockEvent>> Of(TargetKind kind, ClockKind clock, DateTimeOffset openedAt, IEnumerable<TicketEvent> events) => kind switch
    {
        TargetKind.Response => Response(clock, openedAt, events),
        TargetKind.NextResponse => NextResponses(events),
        TargetKind.Resolution => [[new ClockEvent.Started(openedAt), .. events.Select(ForTheFix).OfType<ClockEvent>()]],
    };

    // a first reply never rests: a ticket can be paused only after it
    private static List<List<ClockEvent>> Response(ClockKind clock, DateTimeOffset openedAt, IEnumerable<TicketEvent> events)
    {
        var round = new List<ClockEvent>();
        if (clock != ClockKind.FirstHumanReplyAfterNo) round.Add(new ClockEvent.Started(openedAt));
        var isClosed = false;
        foreach (var happened in events)
        {
            if (round.Count == 0 && happened.Kind is TicketEventKind.HandedOff or TicketEventKind.StaffReplied) round.Add(new ClockEvent.Started(happened.At));
            isClosed = happened.Kind switch { TicketEventKind.Resolved => true, TicketEventKind.Reopened => false, _ => isClosed };
            if (round.Count == 0) continue;
            if (!isClosed && Keeps(clock, happened.Kind)) return [[.. round, new ClockEvent.Met(happened.At)]];
            if (happened.Kind == TicketEventKind.Resolved) round.Add(EndOf(happened));
            if (happened.Kind == TicketEventKind.Reopened) round.Add(new ClockEvent.Reopened(happened.At));
        }
        return round.Count == 0 ? [] : [round];
    }

    private static bool Keeps(ClockKind clock, TicketEventKind kind) => clock switch
    {
        ClockKind.Acknowledgement => kind is TicketEventKind.Taken or TicketEventKind.Assigned or TicketEventKind.QuestionAsked or TicketEventKind.StaffReplied,
        ClockKind.AutomatedAttempt => kind is TicketEventKind.GuideOffered or TicketEventKind.QuestionAsked or TicketEventKind.StaffReplied,
        ClockKind.FirstHumanReply or ClockKind.FirstHumanReplyAfterNo => kind is TicketEventKind.StaffReplied,
    };

    // whatever else the ticket waits for, who wrote is owed an answer, so this clock never rests either
    private static List<List<ClockEvent>> NextResponses(IEnumerable<TicketEvent> events)
    {
        var rounds = new List<List<ClockEvent>>();
        var isAnswered = false;
        List<ClockEvent>? open = null;
        foreach (var happened in events)
        {
            var isAsked = happened.Kind == TicketEventKind.ContactReplied || (happened.Kind == TicketEventKind.Reopened && happened.ActorKind == ActorKind.Contact);
            if (isAsked && isAnswered && open is null) rounds.Add(open = [new ClockEvent.Started(happened.At)]);
            isAnswered |= happened.Kind == TicketEventKind.StaffReplied;
            if (open is null || happened.Kind is not (TicketEventKind.StaffReplied or TicketEventKind.Resolved)) continue;
            open.Add(happened.Kind == TicketEventKind.StaffReplied ? new ClockEvent.Met(happened.At) : EndOf(happened));
            open = null;
        }
        return rounds;
    }

    private static ClockEvent? ForTheFix(TicketEvent happened) => happened.Kind switch
    {
        TicketEventKind.WaitingForContact => new ClockEvent.Paused(happened.At, PauseReason.WaitingForContact, happened.ActorName),
        TicketEventKind.Held => new ClockEvent.Paused(happened.At, Why(happened), happened.ActorName),
        TicketEventKind.Resumed => new ClockEvent.Resumed(happened.At),
        TicketEventKind.Resolved => new ClockEvent.Met(happened.At),
        TicketEventKind.Reopened => new ClockEvent.Reopened(happened.At),
        _ => null,
    };

    private static PauseReason Why(TicketEvent held) => Enum.Parse<HoldReason>(held.Detail["reason"]) switch
    {
        HoldReason.Contact => PauseReason.WaitingForContact,
        HoldReason.Vendor => PauseReason.WaitingForVendor,
        HoldReason.Approval => PauseReason.WaitingForApproval,
        HoldReason.Scheduled => PauseReason.Scheduled,
    };

    // a fix by the contact's own hands ends the wait for a reply without keeping or breaking the promise of one
    private static ClockEvent EndOf(TicketEvent resolved) =>
        resolved.ActorKind == ActorKind.Staff ? new ClockEvent.Met(resolved.At) : new ClockEvent.Stopped(resolved.At);
}
