using TenantPortal.Domain.Sla;
using Xunit;
using static TenantPortal.Domain.Tests.Sla.Hours;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class SlaClockTests
{
    private static readonly BusinessCalendar Office = Weekdays("Europe/London", "09:00-17:00");
    private static readonly SlaTarget OneHour = new(TargetKind.Response, ClockKind.FirstHumanReply, TimeSpan.FromHours(1), Office);
    private static readonly SlaTarget FourHours = new(TargetKind.Response, ClockKind.FirstHumanReply, TimeSpan.FromHours(4), Office);
    private static readonly SlaTarget EightHours = new(TargetKind.Resolution, ClockKind.FirstHumanReply, TimeSpan.FromHours(8), Office);

    private static readonly ClockEvent StartedFriday = new ClockEvent.Started(At("2026-11-20 12:00 +00:00"));

    [Fact]
    public void A_P1_opened_on_Friday_evening_is_due_on_Monday_morning()
    {
        var reading = Read(OneHour, "2026-11-20 19:00 +00:00", new ClockEvent.Started(At("2026-11-20 18:40 +00:00")));

        Assert.Equal(At("2026-11-23 10:00 +00:00"), reading.DueAt);
        Assert.Equal(ClockState.Running, reading.State);
        Assert.Equal(TimeSpan.FromHours(1), reading.Remaining);
    }

    [Fact]
    public void A_round_the_clock_P1_opened_on_Friday_evening_is_due_on_Friday_evening()
    {
        var reading = Read(OneHour with { Calendar = BusinessCalendar.Always }, "2026-11-20 19:00 +00:00", new ClockEvent.Started(At("2026-11-20 18:40 +00:00")));

        Assert.Equal(At("2026-11-20 19:40 +00:00"), reading.DueAt);
        Assert.Equal(TimeSpan.FromMinutes(40), reading.Remaining);
    }

    [Fact]
    public void Before_its_start_a_clock_does_not_run()
    {
        var reading = Read(OneHour, "2026-11-20 11:59 +00:00", StartedFriday);

        Assert.Equal(ClockState.NotRunning, reading.State);
        Assert.Null(reading.DueAt);
        Assert.Empty(reading.Ledger);
    }

    [Fact]
    public void A_pause_over_a_weekend_moves_the_due_time_by_its_working_hours_only()
    {
        var reading = Read(
            FourHours, "2026-11-23 12:00 +00:00", StartedFriday,
            new ClockEvent.Paused(At("2026-11-20 15:00 +00:00"), PauseReason.WaitingForContact, "Priya"),
            new ClockEvent.Resumed(At("2026-11-23 11:00 +00:00")));

        Assert.Equal(At("2026-11-23 12:00 +00:00"), reading.DueAt);
        Assert.Equal(ClockState.Running, reading.State);
        Assert.Equal(
            [
                new Stretch(At("2026-11-20 12:00 +00:00"), At("2026-11-20 15:00 +00:00"), StretchKind.Running),
                new Stretch(At("2026-11-20 15:00 +00:00"), At("2026-11-20 17:00 +00:00"), StretchKind.Paused, PauseReason.WaitingForContact, "Priya"),
                new Stretch(At("2026-11-20 17:00 +00:00"), At("2026-11-23 09:00 +00:00"), StretchKind.Closed),
                new Stretch(At("2026-11-23 09:00 +00:00"), At("2026-11-23 11:00 +00:00"), StretchKind.Paused, PauseReason.WaitingForContact, "Priya"),
                new Stretch(At("2026-11-23 11:00 +00:00"), At("2026-11-23 12:00 +00:00"), StretchKind.Running),
            ],
            reading.Ledger);
    }

    [Fact]
    public void A_paused_clock_has_no_due_time_and_keeps_what_remains()
    {
        var reading = Read(
            FourHours, "2026-11-27 12:00 +00:00", StartedFriday,
            new ClockEvent.Paused(At("2026-11-20 13:30 +00:00"), PauseReason.WaitingForVendor));

        Assert.Equal(ClockState.Paused, reading.State);
        Assert.Null(reading.DueAt);
        Assert.False(reading.NeverOpens);
        Assert.Equal(TimeSpan.FromHours(2.5), reading.Remaining);
    }

    [Fact]
    public void A_second_pause_changes_the_reason_from_then_on()
    {
        var reading = Read(
            FourHours, "2026-11-20 14:00 +00:00", StartedFriday,
            new ClockEvent.Paused(At("2026-11-20 12:30 +00:00"), PauseReason.WaitingForContact),
            new ClockEvent.Paused(At("2026-11-20 13:00 +00:00"), PauseReason.WaitingForApproval));

        Assert.Equal([null, PauseReason.WaitingForContact, PauseReason.WaitingForApproval], reading.Ledger.Select(stretch => stretch.Reason));
        Assert.Equal(TimeSpan.FromHours(0.5), reading.ElapsedOpen);
    }

    [Fact]
    public void A_promise_is_kept_up_to_its_due_instant_and_broken_a_second_later()
    {
        var due = At("2026-11-20 13:00 +00:00");

        Assert.Equal(ClockState.Running, SlaClock.Read(OneHour, [StartedFriday], due).State);
        Assert.Equal(ClockState.Breached, SlaClock.Read(OneHour, [StartedFriday], due.AddSeconds(1)).State);
        Assert.Equal(ClockState.Met, SlaClock.Read(OneHour, [StartedFriday, new ClockEvent.Met(due)], due.AddDays(1)).State);
        Assert.Equal(ClockState.MetLate, SlaClock.Read(OneHour, [StartedFriday, new ClockEvent.Met(due.AddSeconds(1))], due.AddDays(1)).State);
    }

    [Fact]
    public void A_breached_clock_counts_on_and_shows_by_how_much()
    {
        var reading = Read(OneHour, "2026-11-20 15:30 +00:00", StartedFriday);

        Assert.Equal(At("2026-11-20 13:00 +00:00"), reading.DueAt);
        Assert.Equal(TimeSpan.FromHours(-2.5), reading.Remaining);
    }

    [Fact]
    public void A_calendar_that_never_opens_is_said_to_and_is_not_a_silent_pause()
    {
        var reading = Read(OneHour with { Calendar = Weekdays("Europe/London") }, "2026-11-20 15:30 +00:00", StartedFriday);

        Assert.True(reading.NeverOpens);
        Assert.Null(reading.DueAt);
        Assert.Equal(ClockState.Running, reading.State);
    }

    [Fact]
    public void Events_that_arrive_out_of_order_are_read_in_order()
    {
        var paused = new ClockEvent.Paused(At("2026-11-20 12:30 +00:00"), PauseReason.Scheduled);

        Assert.Equal(TimeSpan.FromHours(0.5), Read(OneHour, "2026-11-20 16:00 +00:00", paused, StartedFriday).ElapsedOpen);
    }

    [Fact]
    public void The_due_time_of_overlapping_pauses_counts_each_minute_once()
    {
        Pause[] pauses =
        [
            new(At("2026-11-20 14:00 +00:00"), At("2026-11-20 16:00 +00:00"), PauseReason.WaitingForVendor),
            new(At("2026-11-20 13:00 +00:00"), At("2026-11-20 15:00 +00:00"), PauseReason.WaitingForContact),
        ];

        Assert.Equal(At("2026-11-20 17:00 +00:00"), SlaClock.DueAt(At("2026-11-20 12:00 +00:00"), TimeSpan.FromHours(2), Office, pauses));
    }

    [Fact]
    public void A_target_without_time_is_refused_with_a_sentence()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlaTarget(TargetKind.Response, ClockKind.Acknowledgement, TimeSpan.Zero, Office));
        Assert.Equal("A target needs some time: with none it would be missed before anybody could act.", SlaTarget.Refusal(TimeSpan.Zero));
        Assert.Null(SlaTarget.Refusal(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_target_fits_one_working_day() =>
        Assert.Equal(At("2026-11-23 12:00 +00:00"), Read(EightHours, "2026-11-20 12:00 +00:00", StartedFriday).DueAt);

    private static ClockReading Read(SlaTarget target, string asOf, params ClockEvent[] events) => SlaClock.Read(target, events, At(asOf));
}
