using TenantPortal.Domain.Sla;
using Xunit;
using static TenantPortal.Domain.Tests.Sla.Hours;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class SlaClockChangeTests
{
    private static readonly BusinessCalendar Office = Weekdays("Europe/London", "09:00-17:00");
    private static readonly SlaTarget OneHour = new(TargetKind.Response, ClockKind.FirstHumanReply, TimeSpan.FromHours(1), Office);
    private static readonly SlaTarget FourHours = new(TargetKind.Response, ClockKind.FirstHumanReply, TimeSpan.FromHours(4), Office);
    private static readonly SlaTarget EightHours = new(TargetKind.Resolution, ClockKind.FirstHumanReply, TimeSpan.FromHours(8), Office);

    private static readonly ClockEvent Started = new ClockEvent.Started(At("2026-11-20 10:00 +00:00"));

    [Fact]
    public void A_shorter_target_half_way_counts_from_the_start()
    {
        var reading = Read(FourHours, "2026-11-20 11:30 +00:00", Started, new ClockEvent.TargetChanged(At("2026-11-20 11:20 +00:00"), OneHour));

        Assert.Equal(At("2026-11-20 11:00 +00:00"), reading.DueAt);
        Assert.Equal(ClockState.Breached, reading.State);
        Assert.Equal(TimeSpan.FromMinutes(90), reading.ElapsedOpen);
    }

    [Fact]
    public void A_round_the_clock_target_counts_the_closed_hours_before_it_too()
    {
        var always = FourHours with { Calendar = BusinessCalendar.Always };

        var reading = SlaClock.Read(
            FourHours,
            [new ClockEvent.Started(At("2026-11-20 16:00 +00:00")), new ClockEvent.TargetChanged(At("2026-11-20 18:00 +00:00"), always)],
            At("2026-11-20 19:00 +00:00"));

        Assert.Equal(At("2026-11-20 20:00 +00:00"), reading.DueAt);
        Assert.Equal([StretchKind.Running], reading.Ledger.Select(stretch => stretch.Kind));
    }

    [Fact]
    public void A_new_priority_brings_the_target_of_the_same_kind()
    {
        var reading = Read(FourHours, "2026-11-20 10:10 +00:00", Started, new ClockEvent.PriorityChanged(At("2026-11-20 10:05 +00:00"), [EightHours, OneHour]));

        Assert.Same(OneHour, reading.Target);
        Assert.Equal(At("2026-11-20 11:00 +00:00"), reading.DueAt);
    }

    [Fact]
    public void Among_targets_of_a_kind_the_same_clock_goes_first()
    {
        var acknowledgement = OneHour with { Clock = ClockKind.Acknowledgement };

        var reading = Read(FourHours, "2026-11-20 10:10 +00:00", Started, new ClockEvent.PriorityChanged(At("2026-11-20 10:05 +00:00"), [acknowledgement, OneHour]));

        Assert.Same(OneHour, reading.Target);
    }

    [Fact]
    public void A_new_priority_without_such_a_target_leaves_the_promise_as_it_was()
    {
        var reading = Read(FourHours, "2026-11-20 10:10 +00:00", Started, new ClockEvent.PriorityChanged(At("2026-11-20 10:05 +00:00"), [EightHours]));

        Assert.Same(FourHours, reading.Target);
    }

    [Fact]
    public void A_kept_promise_stays_kept_when_the_priority_rises_afterwards()
    {
        ClockEvent[] events =
        [
            Started,
            new ClockEvent.Met(At("2026-11-20 13:00 +00:00")),
            new ClockEvent.TargetChanged(At("2026-11-20 13:30 +00:00"), OneHour),
        ];

        Assert.Equal(ClockState.Met, Read(FourHours, "2026-11-20 16:00 +00:00", events).State);
        Assert.Equal(ClockState.Breached, Read(FourHours, "2026-11-20 16:00 +00:00", [.. events, new ClockEvent.Reopened(At("2026-11-20 15:00 +00:00"))]).State);
    }

    [Fact]
    public void A_reopened_clock_goes_on_where_it_stood()
    {
        var reading = Read(
            EightHours, "2026-11-23 12:00 +00:00", Started,
            new ClockEvent.Met(At("2026-11-20 12:00 +00:00")),
            new ClockEvent.Reopened(At("2026-11-23 10:00 +00:00")));

        Assert.Equal(TimeSpan.FromHours(4), reading.ElapsedOpen);
        Assert.Equal(At("2026-11-23 16:00 +00:00"), reading.DueAt);
        Assert.Equal(PauseReason.Resolved, reading.Ledger[1].Reason);
    }

    [Fact]
    public void A_clock_reopened_from_a_pause_runs()
    {
        var reading = Read(
            EightHours, "2026-11-20 15:00 +00:00", Started,
            new ClockEvent.Paused(At("2026-11-20 11:00 +00:00"), PauseReason.WaitingForContact),
            new ClockEvent.Met(At("2026-11-20 12:00 +00:00")),
            new ClockEvent.Reopened(At("2026-11-20 14:00 +00:00")));

        Assert.Equal(ClockState.Running, reading.State);
        Assert.Equal([null, PauseReason.WaitingForContact, PauseReason.Resolved, null], reading.Ledger.Select(stretch => stretch.Reason));
    }

    [Fact]
    public void A_stopped_clock_asks_for_nothing_more_but_does_not_hide_a_breach()
    {
        var inTime = Read(OneHour, "2026-11-20 16:00 +00:00", Started, new ClockEvent.Stopped(At("2026-11-20 10:30 +00:00")));
        var late = Read(OneHour, "2026-11-20 16:00 +00:00", Started, new ClockEvent.Stopped(At("2026-11-20 11:30 +00:00")));

        Assert.Equal((ClockState.NotRunning, null), (inTime.State, inTime.DueAt));
        Assert.Equal(ClockState.Breached, late.State);
    }

    [Fact]
    public void What_does_not_fit_the_state_changes_nothing()
    {
        var reading = Read(
            FourHours, "2026-11-20 12:00 +00:00",
            new ClockEvent.Paused(At("2026-11-20 09:10 +00:00"), PauseReason.Scheduled),
            new ClockEvent.Reopened(At("2026-11-20 09:20 +00:00")),
            Started,
            new ClockEvent.Resumed(At("2026-11-20 10:30 +00:00")),
            new ClockEvent.Started(At("2026-11-20 11:00 +00:00")));

        Assert.Equal([new Stretch(At("2026-11-20 10:00 +00:00"), At("2026-11-20 12:00 +00:00"), StretchKind.Running)], reading.Ledger);
    }

    private static ClockReading Read(SlaTarget target, string asOf, params ClockEvent[] events) => SlaClock.Read(target, events, At(asOf));
}
