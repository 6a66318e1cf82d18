using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Contracts;

/// <summary>A promise in team hours counts in those of the team that has the ticket, and says so.</summary>
public sealed class TeamHoursTests
{
    // a Monday, 08:00 in London
    private static readonly DateTimeOffset Opened = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CalendarChoice.Team, "network", "2026-03-02T08:00:00Z", "The hours of the team network count, before those of the client: Mon 07:00-19:00, Europe/London.")]
    [InlineData(CalendarChoice.Team, "service-desk", "2026-03-02T10:00:00Z", "The team service desk has no hours of its own. The hours of “Gold” count: Mon 09:00-17:30, Europe/London.")]
    [InlineData(CalendarChoice.Client, "network", "2026-03-02T10:00:00Z", "The hours of “Gold” count: Mon 09:00-17:30, Europe/London.")]
    [InlineData(CalendarChoice.Always, "network", "2026-03-02T08:00:00Z", "Every hour of every day counts.")]
    public void What_counts_is_what_the_promise_names_and_the_ticket_says_it(CalendarChoice choice, string queue, string due, string sentence)
    {
        var terms = Terms(choice);
        var promised = terms.For(Priority.P3, null, queue).Targets[0];
        Assert.Equal(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), TicketClocks.Read(Opened.AddHours(-1), promised, [], terms, Opened)[^1].DueAt);
        Assert.Equal(sentence, terms.HoursOf(promised));
    }

    [Fact]
    public void Hours_that_never_open_are_refused() =>
        Assert.NotNull(TeamHours.Refusal(new("Europe/London", new Dictionary<string, IReadOnlyList<string>> { ["mon"] = [] }, [])));

    private static ServiceTerms Terms(CalendarChoice choice) => new(
        new() { TenantId = new(Guid.NewGuid()), Name = "Gold", Tier = "Gold", StartsOn = new(2026, 1, 1), Hours = Mondays("09:00-17:30"), Targets = [new(Priority.P3, 60, 480, choice)] },
        [], "Europe/London", [new() { Queue = "network", Hours = Mondays("07:00-19:00"), ByName = "Sam", ChangedAt = Opened }]);

    private static OpenHours Mondays(string span) => new("Europe/London", new Dictionary<string, IReadOnlyList<string>> { ["mon"] = [span] }, []);
}
