using TenantPortal.Domain.Contracts;
using Xunit;

namespace TenantPortal.Domain.Tests.Contracts;

public sealed class ClockWordsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(22, "38 min left, reply", ClockTone.Ok)]
    [InlineData(50, "10 min left, reply", ClockTone.Warn)]
    [InlineData(60, "under 1 min left, reply", ClockTone.Warn)]
    [InlineData(72, "late by 12 min, reply", ClockTone.Late)]
    [InlineData(60 + 150, "late by 2 h 30 min, reply", ClockTone.Late)]
    [InlineData(60 + 3 * 1440, "late by 3 days, reply", ClockTone.Late)]
    public void Says_how_much_is_left_or_how_late_it_is(int minutes, string words, ClockTone tone)
    {
        var clock = ClockWords.For(Noon, Noon.AddHours(1), "Response", isAnswered: false, rests: false, Noon.AddMinutes(minutes));
        Assert.Equal((words, tone), (clock.Words, clock.Tone));
        Assert.InRange(clock.Share, 0, 1);
    }

    [Fact]
    public void A_resting_clock_is_never_late() =>
        Assert.Equal(("paused, fix", ClockTone.Ok), (ClockWords.For(Noon, Noon.AddHours(1), "Resolution", isAnswered: true, rests: true, Noon.AddDays(1)) is var c ? (c.Words, c.Tone) : default));

    [Fact]
    public void The_clock_of_a_next_reply_runs_on_while_the_fix_rests() =>
        Assert.Equal("10 min left, reply", ClockWords.For(Noon, Noon.AddHours(1), "NextResponse", isAnswered: true, rests: true, Noon.AddMinutes(50)).Words);
}
