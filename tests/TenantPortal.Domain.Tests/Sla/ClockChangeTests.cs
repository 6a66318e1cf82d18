using Xunit;
using static TenantPortal.Domain.Tests.Sla.Hours;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class ClockChangeTests
{
    [Fact]
    public void A_day_that_loses_an_hour_in_London_has_twenty_three()
    {
        var calendar = Daily("Europe/London", "00:00-24:00");

        Assert.Equal(TimeSpan.FromHours(23), calendar.OpenTimeBetween(At("2026-03-29 00:00 +00:00"), At("2026-03-30 00:00 +01:00")));
        Assert.Equal(TimeSpan.FromHours(24), calendar.OpenTimeBetween(At("2026-03-30 00:00 +01:00"), At("2026-03-31 00:00 +01:00")));
    }

    [Fact]
    public void A_day_that_gains_an_hour_in_London_has_twenty_five()
    {
        var calendar = Daily("Europe/London", "00:00-24:00");

        Assert.Equal(TimeSpan.FromHours(25), calendar.OpenTimeBetween(At("2026-10-25 00:00 +01:00"), At("2026-10-26 00:00 +00:00")));
        Assert.Equal(TimeSpan.FromHours(24), calendar.OpenTimeBetween(At("2026-10-26 00:00 +00:00"), At("2026-10-27 00:00 +00:00")));
    }

    [Fact]
    public void Nine_o_clock_stays_nine_o_clock_over_the_spring_weekend() =>
        Assert.Equal(
            At("2026-03-30 10:00 +01:00"),
            Weekdays("Europe/London", "09:00-17:30").Add(At("2026-03-27 17:00 +00:00"), TimeSpan.FromHours(1.5)));

    [Fact]
    public void Nine_o_clock_stays_nine_o_clock_over_the_autumn_weekend() =>
        Assert.Equal(
            At("2026-10-26 10:00 +00:00"),
            Weekdays("Europe/London", "09:00-17:30").Add(At("2026-10-23 17:00 +01:00"), TimeSpan.FromHours(1.5)));

    [Fact]
    public void An_opening_time_that_does_not_exist_begins_after_the_gap()
    {
        var calendar = Daily("Europe/London", "01:30-03:00");

        Assert.False(calendar.IsOpen(At("2026-03-29 00:59 +00:00")));
        Assert.True(calendar.IsOpen(At("2026-03-29 02:00 +01:00")));
        Assert.Equal(At("2026-03-29 03:00 +01:00"), calendar.Add(At("2026-03-29 00:00 +00:00"), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Hours_that_lie_wholly_in_the_gap_do_not_happen_that_day()
    {
        var calendar = Daily("Europe/London", "01:15-01:45");

        Assert.Equal(At("2026-03-30 01:15 +01:00"), calendar.NextOpen(At("2026-03-28 01:45 +00:00")));
    }

    [Fact]
    public void Hours_that_exist_twice_count_twice_and_the_clock_reading_closed_between_is_closed()
    {
        var calendar = Daily("Europe/London", "00:00-01:30");

        Assert.True(calendar.IsOpen(At("2026-10-25 01:29 +01:00")));
        Assert.False(calendar.IsOpen(At("2026-10-25 01:30 +01:00")));
        Assert.True(calendar.IsOpen(At("2026-10-25 01:00 +00:00")));
        Assert.False(calendar.IsOpen(At("2026-10-25 01:30 +00:00")));
        Assert.Equal(TimeSpan.FromHours(2), calendar.OpenTimeBetween(At("2026-10-25 00:00 +01:00"), At("2026-10-25 12:00 +00:00")));
    }

    [Fact]
    public void A_change_of_half_an_hour_on_Lord_Howe_Island_moves_half_an_hour()
    {
        var calendar = Daily("Australia/Lord_Howe", "00:00-24:00");

        Assert.Equal(TimeSpan.FromHours(24.5), calendar.OpenTimeBetween(At("2026-04-05 00:00 +11:00"), At("2026-04-06 00:00 +10:30")));
        Assert.Equal(TimeSpan.FromHours(23.5), calendar.OpenTimeBetween(At("2026-10-04 00:00 +10:30"), At("2026-10-05 00:00 +11:00")));
    }

    [Fact]
    public void An_office_five_and_a_half_hours_ahead_opens_by_its_own_clock() =>
        Assert.Equal(
            At("2026-11-23 04:30 +00:00"),
            Weekdays("Asia/Kolkata", "09:30-18:00").Add(At("2026-11-20 12:00 +00:00"), TimeSpan.FromHours(1)));

    [Fact]
    public void A_midnight_that_does_not_exist_opens_at_one()
    {
        var calendar = Daily("America/Santiago", "00:00-08:00");

        Assert.Equal(At("2026-09-06 01:00 -03:00"), calendar.NextOpen(At("2026-09-05 12:00 -04:00")));
    }
}
