using TenantPortal.Domain.Sla;
using Xunit;

namespace TenantPortal.Domain.Tests.Sla;

public sealed class OpeningHoursTextTests
{
    [Theory]
    [InlineData("09:00-17:30", "09:00-17:30")]
    [InlineData("9:00 - 17:30", "09:00-17:30")]
    [InlineData("18:00-24:00", "18:00-24:00")]
    [InlineData("00:00-24:00", "00:00-24:00")]
    public void Hours_read_as_written(string text, string expected)
    {
        Assert.True(OpenSpan.TryParse(text, out var span, out _));
        Assert.Equal(expected, span.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("9-17")]
    [InlineData("09:00")]
    [InlineData("09:00-25:00")]
    [InlineData("24:00-24:00")]
    [InlineData("09:00-17:30-18:00")]
    public void What_is_not_hours_is_refused_with_an_example(string text)
    {
        Assert.False(OpenSpan.TryParse(text, out _, out var problem));
        Assert.StartsWith("Opening hours are written like 09:00-17:30; ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17:30-09:00")]
    [InlineData("09:00-09:00")]
    [InlineData("22:00-00:00")]
    public void Hours_that_end_before_they_begin_are_refused_with_a_way_out(string text)
    {
        Assert.False(OpenSpan.TryParse(text, out _, out var problem));
        Assert.EndsWith("written on both days, the first up to 24:00.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_reads_as_content_files_write_it()
    {
        Assert.True(BusinessCalendar.TryParse("Europe/London", Week(("mon", ["13:00-17:00", "09:00-12:00"]), ("sun", [])), [], out var calendar, out _));

        Assert.Equal("Europe/London", calendar.TimeZone);
        Assert.Equal(["09:00-12:00", "13:00-17:00"], calendar.Weekly.On(DayOfWeek.Monday).Select(span => span.ToString()));
        Assert.Empty(calendar.Weekly.On(DayOfWeek.Tuesday));
    }

    [Theory]
    [InlineData("Mars/Olympus", "mon", "09:00-17:00", "“Mars/Olympus” is not a time zone; write one such as Europe/London.")]
    [InlineData("Europe/London", "monday", "09:00-17:00", "A weekday is one of mon, tue, wed, thu, fri, sat, sun; “monday” is not.")]
    [InlineData("Europe/London", "mon", "nine", "Opening hours are written like 09:00-17:30; “nine” is not.")]
    public void A_broken_calendar_is_refused_in_one_sentence(string zone, string day, string hours, string expected)
    {
        Assert.False(BusinessCalendar.TryParse(zone, Week((day, [hours])), [], out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Hours_that_overlap_are_refused()
    {
        Assert.False(BusinessCalendar.TryParse("Europe/London", Week(("fri", ["09:00-12:00", "11:00-17:00"])), [], out _, out var problem));
        Assert.Equal("The opening hours of fri overlap: 09:00-12:00, 11:00-17:00.", problem);
    }

    [Fact]
    public void A_calendar_without_an_open_minute_is_refused()
    {
        Assert.False(BusinessCalendar.TryParse("Europe/London", Week(("mon", []), ("sun", [])), [], out _, out var problem));
        Assert.Equal("This calendar has no open minute in any week; write hours for at least one day.", problem);
    }

    [Fact]
    public void Holidays_may_close_a_calendar_for_months_but_not_for_a_year()
    {
        var mondays = Enumerable.Range(0, 52).Select(week => new DateOnly(2027, 1, 4).AddDays(7 * week)).ToList();

        Assert.True(BusinessCalendar.TryParse("Europe/London", Week(("mon", ["09:00-12:00"])), mondays.Take(50), out _, out _));
        Assert.False(BusinessCalendar.TryParse("Europe/London", Week(("mon", ["09:00-12:00"])), mondays, out _, out var problem));
        Assert.Equal("This calendar has no open minute in the year up to 2027-12-28; take some of its holidays out, or write hours for another day.", problem);
    }

    [Fact]
    public void A_week_is_said_in_short()
    {
        Assert.True(BusinessCalendar.TryParse("Europe/London", Week(("mon", ["09:00-12:00", "13:00-17:00"]), ("tue", ["09:00-12:00", "13:00-17:00"]), ("sat", ["10:00-24:00"])), [], out var calendar, out _));
        Assert.Equal("Mon to Tue 09:00-12:00 and 13:00-17:00, Sat 10:00-24:00", calendar.Weekly.ToString());
    }

    private static Dictionary<string, IReadOnlyList<string>> Week(params (string Day, string[] Hours)[] days) =>
        days.ToDictionary(day => day.Day, IReadOnlyList<string> (day) => day.Hours);
}
