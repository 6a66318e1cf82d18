using System.Diagnostics;
using System.Globalization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Bench.Clocks;

/// <summary>How long it takes to read all clocks of one ticket again from 100 events.</summary>
internal static class ClocksCommand
{
    private const int Events = 100, Warm = 20_000, Runs = 20_000;
    private const double MustMicroseconds = 50;

    public static int Run()
    {
        var opened = new DateTimeOffset(2026, 3, 20, 9, 12, 31, TimeSpan.Zero);
        var (ticket, terms) = (Tale(opened), Terms());
        var now = opened.AddDays(20);
        var promised = terms.For(ticket.Priority, null, ticket.Queue).Targets;
        var events = ticket.Events.Where(e => TicketRounds.Kinds.Contains(e.Kind)).Take(Events).ToList();
        var resolution = promised.Single(p => p.Kind == TargetKind.Resolution);
        if (events.Count < Events) throw new InvalidOperationException($"The tale has only {events.Count} events that clocks hear.");

        Console.WriteLine($"{events.Count} events in 20 days, {terms.Calendar.Weekly}, {terms.Calendar.TimeZone}, over a clock change");
        var one = Measure(() => TicketClocks.Read(opened, resolution, events, terms, now));
        var all = Measure(() => { foreach (var target in promised) TicketClocks.Read(opened, target, events, terms, now); });
        var account = Measure(() => TicketAccount.Of(ticket, events, terms, now));
        Say("resolution clock read again", one, MustMicroseconds);
        Say("all three promises read again", all, null);
        Say("the whole account, explained", account, null);
        return one.P50 <= MustMicroseconds ? 0 : 1;
    }

    private static (double P50, double P99) Measure(Action read)
    {
        for (var run = 0; run < Warm; run++) read();
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            read();
            times[run] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(times);
        return (times[Runs / 2], times[Runs * 99 / 100]);
    }

    private static void Say(string what, (double P50, double P99) time, double? must) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32} p50 {time.P50,7:f1} µs   p99 {time.P99,7:f1} µs{(must is { } limit ? $"   must {limit:f0} µs" : "")}"));

    private static Ticket Tale(DateTimeOffset opened)
    {
        var (priya, dana) = (new Actor(ActorKind.Staff, Guid.NewGuid(), "Priya"), new Actor(ActorKind.Contact, Guid.NewGuid(), "Dana"));
        var report = new Report { Subject = "Printer", Text = "Printer", Channel = Channel.Portal, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = "Printer", Sensitivity = Sensitivity.None };
        var ticket = Ticket.Open(new(Guid.NewGuid()), new(Guid.NewGuid()), report, null, null, Guid.NewGuid(), dana, opened);
        for (var round = 0; round < 25; round++)
        {
            var at = opened.AddHours(18 * round);
            ticket.StaffReplies("We look at it.", waitForContact: true, Channel.Portal, priya, at.AddHours(1));
            ticket.ContactReplies("Any news?", Channel.Portal, dana, at.AddHours(5), out _);
            ticket.Hold(HoldReason.Vendor, "a part", null, priya, at.AddHours(7));
            ticket.Resume(priya, at.AddHours(12));
        }
        return ticket;
    }

    private static ServiceTerms Terms()
    {
        var weekly = new[] { "mon", "tue", "wed", "thu", "fri" }.ToDictionary(day => day, IReadOnlyList<string> (_) => ["08:30-12:00", "13:00-17:30"]);
        var contract = new Contract
        {
            TenantId = new(Guid.NewGuid()), Name = "Gold", Tier = "Gold", StartsOn = new(2026, 1, 1), Hours = new("Europe/London", weekly, [new(2026, 4, 3), new(2026, 4, 6)]),
            Targets = [new(Priority.P3, 240, 960, CalendarChoice.Client, NextReplyMinutes: 240)],
        };
        return new(contract, [], "Europe/London", []);
    }
}
