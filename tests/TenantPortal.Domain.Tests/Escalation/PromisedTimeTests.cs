using TenantPortal.Domain.Escalation;
using Xunit;

namespace TenantPortal.Domain.Tests.Escalation;

public sealed class PromisedTimeTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly DateTimeOffset Written = new(2026, 6, 3, 10, 0, 0, TimeSpan.Zero);   // 11:00 in London

    [Theory]
    [InlineData("I will write again by 14:00.", "2026-06-03 13:00")]
    [InlineData("We'll be there before 2pm", "2026-06-03 13:00")]
    [InlineData("at 9.30 am tomorrow the vendor calls", "2026-06-04 08:30")]
    [InlineData("by 9:00", "2026-06-04 08:00")]
    [InlineData("Until 12 pm we look at it", "2026-06-04 11:00", "2026-06-03 12:00")]
    public void A_time_in_a_message_is_found(string text, string at, string? written = null) =>
        Assert.Equal(Utc(at), PromisedTime.In(text, London, written is null ? Written : Utc(written)));

    [Theory]
    [InlineData("We look at it today.")]
    [InlineData("There are 3 printers at 2 sites")]
    [InlineData("by 27:00")]
    [InlineData("by 14 people")]
    [InlineData("Version 14:00 is fine")]
    public void Other_numbers_are_no_promise(string text) => Assert.Null(PromisedTime.In(text, London, Written));

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
