using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Tickets;

public sealed class HoldTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Priya = new(ActorKind.Staff, Guid.NewGuid(), "Priya"), Dana = new(ActorKind.Contact, Guid.NewGuid(), "Dana");

    [Fact]
    public void A_hold_says_why_and_its_end_lets_the_clock_run()
    {
        var ticket = Answered();

        Assert.Null(ticket.Hold(HoldReason.Scheduled, "the new switch", Noon.AddDays(1), Priya, Noon));
        Assert.Equal((TicketStatus.OnHold, Noon.AddDays(1)), (ticket.Status, ticket.HeldUntil));
        Assert.Equal("the new switch", ticket.Events[^1].Detail["what"]);

        Assert.Null(ticket.Resume(Priya, Noon.AddHours(1)));
        Assert.Equal((TicketStatus.Open, null), (ticket.Status, ticket.HeldUntil));
        Assert.Equal("The clock runs already.", ticket.Resume(Priya, Noon.AddHours(2))!.Sentence);
    }

    [Theory]
    [InlineData(HoldReason.Vendor, "", 1, "Say in a few words what is waited for. The contact reads it.")]
    [InlineData(HoldReason.Scheduled, "the switch", 0, "Say until when: a planned job has a date and a time.")]
    [InlineData(HoldReason.Vendor, "a part", -1, "That time has passed already. Choose a later one.")]
    [InlineData(HoldReason.Vendor, "a part", 400, "That is more than a year away. Resolve the ticket, and open one when the time has come.")]
    public void A_hold_that_nobody_could_follow_is_refused(HoldReason reason, string what, int days, string sentence)
    {
        var ticket = Answered();
        Assert.Equal(sentence, ticket.Hold(reason, what, days == 0 ? null : Noon.AddDays(days), Priya, Noon)!.Sentence);
        Assert.Equal(TicketStatus.Open, ticket.Status);
    }

    [Fact]
    public void A_higher_priority_ends_a_hold()
    {
        var ticket = Answered();
        Assert.Null(ticket.Hold(HoldReason.Vendor, "a part", null, Priya, Noon));

        ticket.Apply(Judged(Priority.P4), Noon.AddMinutes(1));
        Assert.Equal(TicketStatus.OnHold, ticket.Status);
        ticket.Apply(Judged(Priority.P1), Noon.AddMinutes(2));

        Assert.Equal(TicketStatus.Open, ticket.Status);
        Assert.Contains(ticket.Events, e => e is { Kind: TicketEventKind.Resumed, ActorName: "triage" });
    }

    [Fact]
    public void A_resolved_ticket_has_no_hold_left()
    {
        var ticket = Answered();
        Assert.Null(ticket.Hold(HoldReason.Vendor, "a part", Noon.AddDays(1), Priya, Noon));
        Assert.Null(ticket.Resolve(new("Done", null, null, null, null), null, Priya, Noon.AddHours(1)));

        Assert.Null(ticket.HeldUntil);
        Assert.Equal("This ticket is resolved already. Its clocks have stopped.", ticket.Hold(HoldReason.Vendor, "a part", null, Priya, Noon.AddHours(2))!.Sentence);
    }

    private static Verdict Judged(Priority priority) => new() { Category = "printing/printer", CategoryTitle = "Printers", Priority = priority, Queue = "service-desk", Reasons = [], RulesVersion = "1" };

    private static Ticket Answered()
    {
        var report = new Report { Subject = "Printer", Text = "Printer", Channel = Channel.Portal, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = "Printer", Sensitivity = Sensitivity.None };
        var ticket = Ticket.Open(new(Guid.NewGuid()), new(Guid.NewGuid()), report, null, null, Guid.NewGuid(), Dana, Noon.AddHours(-1));
        ticket.Apply(Judged(Priority.P3), Noon.AddHours(-1));
        Assert.Null(ticket.StaffReplies("We look at it.", false, Channel.Portal, Priya, Noon.AddMinutes(-30)));
        return ticket;
    }
}
