using TenantPortal.Domain.Sla;
using Xunit;
using static TenantPortal.Domain.Tests.Sla.Hours;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar London = Weekdays("Europe/London", "09:00-17:30");

    [Theory]
    [InlineData("2026-11-20 09:00 +00:00", true)]
    [InlineData("2026-11-20 17:29 +00:00", true)]
    [InlineData("2026-11-20 17:30 +00:00", false)]
    [InlineData("2026-11-20 08:59 +00:00", false)]
    [InlineData("2026-11-21 12:00 +00:00", false)]
    [InlineData("2026-07-10 08:30 +00:00", true)]
    public void A_day_is_open_from_its_first_minute_up_to_its_closing_time(string at, bool open) =>
        Assert.Equal(open, London.IsOpen(At(at)));

    [Fact]
    public void The_next_opening_after_Friday_evening_is_Monday_morning() =>
        Assert.Equal(At("2026-11-23 09:00 +00:00"), London.NextOpen(At("2026-11-20 18:00 +00:00")));

    [Fact]
    public void An_open_instant_is_its_own_next_opening() =>
        Assert.Equal(At("2026-11-20 11:11 +00:00"), London.NextOpen(At("2026-11-20 11:11 +00:00")));

    [Fact]
    public void Time_that_fills_a_day_ends_at_its_closing_not_at_the_next_opening() =>
        Assert.Equal(At("2026-11-20 17:30 +00:00"), London.Add(At("2026-11-20 09:00 +00:00"), TimeSpan.FromHours(8.5)));

    [Fact]
    public void Time_runs_on_after_a_weekend() =>
        Assert.Equal(At("2026-11-23 10:30 +00:00"), London.Add(At("2026-11-20 17:00 +00:00"), TimeSpan.FromHours(2)));

    [Fact]
    public void A_holiday_is_closed_and_the_same_hours_a_week_later_are_open()
    {
        var calendar = WeekdaysExcept("Europe/London", [new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 28)], "09:00-17:30");

        Assert.False(calendar.IsOpen(At("2026-12-25 10:00 +00:00")));
        Assert.True(calendar.IsOpen(At("2027-01-01 10:00 +00:00")));
        Assert.Equal(At("2026-12-29 09:30 +00:00"), calendar.Add(At("2026-12-24 17:00 +00:00"), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_split_shift_does_not_count_its_break()
    {
        var calendar = Weekdays("Europe/Brussels", "13:30-18:00", "08:30-12:00");

        Assert.Equal(TimeSpan.FromHours(8), calendar.OpenTimeBetween(At("2026-11-20 00:00 +01:00"), At("2026-11-21 00:00 +01:00")));
        Assert.Equal(At("2026-11-20 14:00 +01:00"), calendar.Add(At("2026-11-20 11:30 +01:00"), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Hours_up_to_midnight_join_the_hours_of_the_next_day()
    {
        var calendar = Daily("Europe/London", "22:00-24:00", "00:00-06:00");

        Assert.True(calendar.IsOpen(At("2026-11-20 23:59 +00:00")));
        Assert.Equal(At("2026-11-21 00:30 +00:00"), calendar.Add(At("2026-11-20 23:30 +00:00"), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void New_Year_does_not_break_the_night_shift()
    {
        var calendar = Daily("Europe/London", "22:00-24:00", "00:00-06:00");

        Assert.Equal(TimeSpan.FromHours(8), calendar.OpenTimeBetween(At("2026-12-31 12:00 +00:00"), At("2027-01-01 12:00 +00:00")));
        Assert.Equal(At("2027-01-01 05:00 +00:00"), calendar.Add(At("2026-12-31 12:00 +00:00"), TimeSpan.FromHours(7)));
    }

    [Fact]
    public void Round_the_clock_every_second_counts()
    {
        Assert.Equal(At("2026-03-29 05:00 +00:00"), BusinessCalendar.Always.Add(At("2026-03-28 23:00 +00:00"), TimeSpan.FromHours(6)));
        Assert.Equal(TimeSpan.FromDays(800), BusinessCalendar.Always.OpenTimeBetween(At("2026-01-01 00:00 +00:00"), At("2028-03-11 00:00 +00:00")));
    }

    [Fact]
    public void From_later_to_earlier_no_time_is_open() =>
        Assert.Equal(TimeSpan.Zero, London.OpenTimeBetween(At("2026-11-20 12:00 +00:00"), At("2026-11-20 10:00 +00:00")));

    [Fact]
    public void No_time_at_all_ends_where_it_begins() =>
        Assert.Equal(At("2026-11-21 12:00 +00:00"), London.Add(At("2026-11-21 12:00 +00:00"), TimeSpan.Zero));

    [Fact]
    public void A_week_without_hours_never_opens_and_says_so()
    {
        var never = Weekdays("Europe/London");

        Assert.Null(never.NextOpen(At("2026-11-20 12:00 +00:00")));
        Assert.Null(never.Add(At("2026-11-20 12:00 +00:00"), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_closure_of_a_year_is_waited_for_and_one_of_three_is_not()
    {
        var start = new DateOnly(2027, 1, 1);
        var oneYear = WeekdaysExcept("Europe/London", [.. Enumerable.Range(0, 365).Select(start.AddDays)], "09:00-17:30");
        var threeYears = WeekdaysExcept("Europe/London", [.. Enumerable.Range(0, 1096).Select(start.AddDays)], "09:00-17:30");

        Assert.Equal(At("2028-01-03 10:00 +00:00"), oneYear.Add(At("2026-12-31 17:30 +00:00"), TimeSpan.FromHours(1)));
        Assert.Null(threeYears.Add(At("2026-12-31 17:00 +00:00"), TimeSpan.FromHours(1)));
        Assert.Equal(At("2026-12-31 17:30 +00:00"), threeYears.Add(At("2026-12-31 17:00 +00:00"), TimeSpan.FromHours(0.5)));
    }

    [Fact]
    public void The_ends_of_time_break_nothing()
    {
        Assert.Null(BusinessCalendar.Always.Add(DateTimeOffset.MaxValue, TimeSpan.FromHours(1)));
        Assert.Null(London.NextOpen(DateTimeOffset.MaxValue));
        Assert.NotNull(London.NextOpen(DateTimeOffset.MinValue));
    }
}
