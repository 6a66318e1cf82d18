using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using Xunit;

namespace TenantPortal.Domain.Tests.Escalation;

/// <summary>Who is on call, why, and where nobody is. London changes its clocks on 29 March 2026.</summary>
public sealed class OnCallTests
{
    private static readonly TenantId Client = TenantId.New();
    private static readonly StaffMember Ines = Member("ines", "Ines Duarte"), Tom = Member("tom", "Tom Ellison"), Sam = Member("sam", "Sam Achebe", StaffRoles.ServiceLead);
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private readonly Rota rota = new() { Key = "network-lead", Name = "Network lead", TimeZone = "Europe/London", Shifts = [new(Weekdays, new(8, 0), new(18, 0), [Ines.Id, Tom.Id]), new(Weekdays, new(18, 0), new(8, 0), [Tom.Id])] };
    private readonly List<StandIn> standIns = [];
    private readonly List<TimeOff> timesOff = [];

    private OnCallRoster Roster => new([rota], standIns, timesOff, [Ines, Tom, Sam]);

    [Fact]
    public void The_week_names_who_is_on_call_with_its_reason()
    {
        var answer = Roster.For("network-lead", Client, Monday);
        Assert.Equal(("Ines Duarte", "Network lead Mon to Fri 08:00–18:00"), (answer.First!.Name, answer.First.Why));
        Assert.Equal(["Ines Duarte", "Tom Ellison"], answer.People.Select(p => p.Name));
        Assert.Equal("Tom Ellison", Roster.For("network-lead", Client, Monday.AddHours(16)).First!.Name);
    }

    [Fact]
    public void A_stand_in_comes_first_and_who_is_away_is_passed_over()
    {
        timesOff.Add(new() { StaffId = Ines.Id, FromAt = Monday.AddHours(-1), UntilAt = Monday.AddHours(5), ByName = "Sam", MadeAt = Monday });
        var away = Roster.For("network-lead", Client, Monday);
        Assert.Equal("Tom Ellison", away.First!.Name);
        Assert.Equal(["Ines Duarte is away until Mon 2 Mar 15:00 UTC"], away.PassedOver);
        Assert.Equal("Ines Duarte", Roster.For("network-lead", Client, Monday.AddHours(5)).First!.Name);
        standIns.Add(new() { RotaId = rota.Id, StaffId = Sam.Id, FromAt = Monday, UntilAt = Monday.AddHours(2), Why = "training", ByName = "Olive", MadeAt = Monday });
        Assert.Equal("stands in on Network lead until Mon 2 Mar 12:00 (training), by Olive", Roster.For("network-lead", Client, Monday).First!.Why);
        Assert.Equal("Tom Ellison", Roster.For("network-lead", Client, Monday.AddHours(2)).First!.Name);
    }

    [Fact]
    public void Nobody_on_call_is_a_sentence_and_the_ladder_goes_on_behind_it()
    {
        var saturday = Monday.AddDays(5);
        Assert.Equal("Nobody answers for Network lead: no shift covers Saturday 10:00.", Roster.For("network-lead", Client, saturday).Problem);
        Assert.Equal(["Sam Achebe"], Roster.Ladder(["network-lead", "service-lead"], Client, saturday).Select(p => p.Name));
        rota.Shifts = [];
        Assert.Equal("Nobody answers for Network lead: its rota is empty.", Roster.For("network-lead", Client, Monday).Problem);
        Assert.Equal("“plumber” is no rota, no right and nobody’s name.", Roster.For("plumber", Client, Monday).Problem);
        Assert.False(Roster.Knows("1"));
        Assert.True(Roster.Knows("service-lead"));
    }

    [Fact]
    public void Who_does_not_serve_the_client_is_not_called_about_it()
    {
        var nico = Member("nico", "Nico Brandl");
        (nico.ServesAllClients, nico.Clients) = (false, [TenantId.New()]);
        rota.Shifts = [new(Weekdays, new(0, 0), new(0, 0), [nico.Id, Tom.Id])];
        var answer = (Roster with { Staff = [nico, Tom] }).For("network-lead", Client, Monday);
        Assert.Equal(("Tom Ellison", "Nico Brandl does not serve this client"), (answer.First!.Name, answer.PassedOver.Single()));
    }

    [Fact]
    public void Gaps_are_found_ahead_and_touching_ones_are_one()
    {
        var gaps = RotaGap.Of(Roster, rota, Monday, Monday.AddDays(14));
        Assert.Equal([(Utc(7, 8), Utc(9, 8)), (Utc(14, 8), Utc(16, 8))], gaps.Select(g => (g.From, g.Until)));
        timesOff.Add(new() { StaffId = Tom.Id, FromAt = Utc(3, 18), UntilAt = Utc(4, 8), ByName = "Sam", MadeAt = Monday });
        var first = RotaGap.Of(Roster, rota, Monday, Monday.AddDays(4))[0];
        Assert.Equal((Utc(3, 18), Utc(4, 8)), (first.From, first.Until));
        Assert.Equal("Nobody answers for Network lead: Tom Ellison is away until Wed 4 Mar 08:00 UTC.", first.Why);
    }

    [Fact]
    public void A_night_shift_leaves_no_hole_when_the_clocks_change()
    {
        rota.Shifts = [new([.. Weekdays, DayOfWeek.Saturday, DayOfWeek.Sunday], new(18, 0), new(8, 0), [Tom.Id]), new([.. Weekdays, DayOfWeek.Saturday, DayOfWeek.Sunday], new(8, 0), new(18, 0), [Ines.Id])];
        Assert.Empty(RotaGap.Of(Roster, rota, new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 31, 0, 0, 0, TimeSpan.Zero)));
        Assert.Empty(RotaGap.Of(Roster, rota, new(2026, 10, 23, 0, 0, 0, TimeSpan.Zero), new(2026, 10, 27, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal("Ines Duarte", Roster.For("network-lead", Client, new(2026, 3, 29, 7, 30, 0, TimeSpan.Zero)).First!.Name);
    }

    [Fact]
    public void Each_is_called_twice_then_the_next_and_then_the_first_again()
    {
        var ladder = new[] { new Callee(Ines.Id, "Ines", ""), new Callee(Tom.Id, "Tom", "") };
        var calls = new List<LeadCall>();
        for (var n = 1; n <= 6; n++)
        {
            var to = LeadCall.Next(ladder, calls)!;
            calls.Add(new() { TenantId = Client, TicketId = new(Guid.Empty), StepId = Guid.Empty, Number = n, Role = "lead", StaffId = to.Id, StaffName = to.Name, Why = "", CalledAt = Monday.AddMinutes(n) });
        }
        Assert.Equal(["Ines", "Ines", "Tom", "Tom", "Ines", "Ines"], calls.Select(c => c.StaffName));
        Assert.Equal("Tom", LeadCall.Next([ladder[1]], [.. calls.Take(1)])!.Name);
        Assert.Null(LeadCall.Next([], calls));
    }

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);

    private static StaffMember Member(string key, string name, StaffRoles roles = StaffRoles.Engineer) => new() { Key = key, Name = name, Email = $"{key}@x.example", NormalizedEmail = $"{key}@x.example", Roles = roles, ServesAllClients = true };
}
