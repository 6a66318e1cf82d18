using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tests.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Tests.Contracts;

/// <summary>One promise of a ticket written down minute by minute, the way a person with a watch would: slow, and with nothing in common with the product but the words.</summary>
internal sealed class TicketTape
{
    public sealed record Minute(StretchKind Kind, PauseReason? Reason, string? By, bool IsLate);

    /// <param name="EndedAt">Null while it goes on.</param>
    public sealed record Round(int StartedAt, int? EndedAt, int Counted, IReadOnlyList<Minute> Minutes);

    private readonly List<Round> _rounds = [];
    private readonly List<(PauseReason? Reason, string? By)> _minutes = [];
    private readonly bool[] _open;
    private readonly int _allowance;
    private int? _startedAt, _endedAt;
    private (PauseReason? Reason, string? By) _label;
    private bool _isKept;

    private TicketTape(bool[] open, int allowance) => (_open, _allowance) = (open, allowance);

    public static IReadOnlyList<Round> Of(TargetKind kind, ClockKind clock, int allowance, bool[] open, IReadOnlyList<(int Minute, TicketEvent Event)> events, int asOf)
    {
        var tape = new TicketTape(open, allowance);
        if (kind == TargetKind.Resolution || (kind == TargetKind.Response && clock != ClockKind.FirstHumanReplyAfterNo)) tape._startedAt = 0;
        var next = 0;
        var answered = false;
        for (var minute = 0; minute <= asOf; minute++)
        {
            for (; next < events.Count && events[next].Minute == minute; next++)
            {
                var happened = events[next].Event;
                if (kind == TargetKind.Resolution) tape.Fix(happened, minute);
                if (kind == TargetKind.Response) tape.FirstReply(happened, clock, minute);
                if (kind == TargetKind.NextResponse) tape.NextReply(happened, answered, minute);
                answered |= happened.Kind == TicketEventKind.StaffReplied;
            }
            if (minute < asOf && tape._startedAt is not null) tape._minutes.Add(tape._label);
        }
        if (tape._startedAt is not null) tape.Close();
        return tape._rounds;
    }

    private void Fix(TicketEvent happened, int minute)
    {
        var runs = _endedAt is null;
        if (runs && happened.Kind == TicketEventKind.WaitingForContact) _label = (PauseReason.WaitingForContact, happened.ActorName);
        if (runs && happened.Kind == TicketEventKind.Held)
        {
            var why = happened.Detail["reason"] == "Vendor" ? PauseReason.WaitingForVendor : happened.Detail["reason"] == "Approval" ? PauseReason.WaitingForApproval : PauseReason.Scheduled;
            _label = (why, happened.ActorName);
        }
        if (runs && happened.Kind == TicketEventKind.Resumed) _label = default;
        if (runs && happened.Kind == TicketEventKind.Resolved) _endedAt = minute;
        if (happened.Kind == TicketEventKind.Reopened) Reopen();
    }

    private void FirstReply(TicketEvent happened, ClockKind clock, int minute)
    {
        if (_isKept) return;
        if (_startedAt is null && happened.Kind is TicketEventKind.HandedOff or TicketEventKind.StaffReplied) _startedAt ??= minute;
        if (_startedAt is null) return;
        string[] keeping = clock switch
        {
            ClockKind.Acknowledgement => ["Taken", "Assigned", "QuestionAsked", "StaffReplied"],
            ClockKind.AutomatedAttempt => ["GuideOffered", "QuestionAsked", "StaffReplied"],
            _ => ["StaffReplied"],
        };
        if (_endedAt is null && keeping.Contains(happened.Kind.ToString())) (_isKept, _endedAt) = (true, minute);
        else if (happened.Kind == TicketEventKind.Resolved) _endedAt ??= minute;
        else if (happened.Kind == TicketEventKind.Reopened) Reopen();
    }

    private void NextReply(TicketEvent happened, bool answered, int minute)
    {
        var asks = happened.Kind == TicketEventKind.ContactReplied || (happened.Kind == TicketEventKind.Reopened && happened.ActorKind == ActorKind.Contact);
        if (asks && answered && _startedAt is null) _startedAt = minute;
        if (_startedAt is null || happened.Kind is not (TicketEventKind.StaffReplied or TicketEventKind.Resolved)) return;
        _endedAt = minute;
        Close();
    }

    private void Reopen()
    {
        if (_endedAt is not { } since) return;
        for (var index = since - _startedAt!.Value; index < _minutes.Count; index++) _minutes[index] = (PauseReason.Resolved, null);
        (_endedAt, _label) = (null, default);
    }

    private void Close()
    {
        var minutes = new List<Minute>();
        var counted = 0;
        var last = _endedAt is { } ended ? ended - _startedAt!.Value : _minutes.Count;
        for (var index = 0; index < last; index++)
        {
            var isLate = counted >= _allowance;
            var (reason, by) = _minutes[index];
            if (!_open[_startedAt!.Value + index]) minutes.Add(new(StretchKind.Closed, null, null, isLate));
            else if (reason is not null) minutes.Add(new(StretchKind.Paused, reason, by, isLate));
            else
            {
                minutes.Add(new(StretchKind.Running, null, null, isLate));
                counted++;
            }
        }
        _rounds.Add(new(_startedAt!.Value, _endedAt, counted, minutes));
        _minutes.Clear();
        (_startedAt, _endedAt, _label) = (null, null, default);
    }
}
