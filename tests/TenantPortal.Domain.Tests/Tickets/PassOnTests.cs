using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Tickets;

public sealed class PassOnTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly StaffId Tom = StaffId.New();
    private static readonly Actor ByTom = new(ActorKind.Staff, Tom.Value, "Tom"), Dana = new(ActorKind.Contact, Guid.NewGuid(), "Dana");
    private static readonly PassTo Second = new(2, "service-desk", null, null);

    [Fact]
    public void The_next_line_gets_it_with_a_note_and_nobody_has_it_until_it_is_taken()
    {
        var ticket = Taken();
        Assert.Null(ticket.PassOn(Second, With("Problem: mail\nQuestion: what next?"), Tom, ByTom, Noon));
        Assert.Equal((2, null, TicketStatus.New, "mail/outlook", true), (ticket.Tier, ticket.AssigneeId, ticket.Status, ticket.Category, ticket.IsSortedByHand));
        var passed = ticket.Events[^1];
        Assert.Equal((TicketEventKind.PassedOn, "2", "1", "mail/outlook"), (passed.Kind, passed.Detail["tier"], passed.Detail["wasTier"], passed.Detail["category"]));
        // what the template had written, and that one line of it was changed
        Assert.Equal(("Problem: mail\nQuestion: ?", "2"), (ticket.Notes[^1].Draft, passed.Detail["edited"]));
        Assert.Equal(TicketEventKind.NoteDrafted, ticket.Events[^2].Kind);
        Assert.Null(ticket.Take(StaffId.New(), ByTom with { Name = "Priya" }, Noon));
        Assert.Equal(TicketStatus.Open, ticket.Status);
    }

    [Fact]
    public void What_a_person_sorted_stays_where_it_is_when_the_contact_writes_again()
    {
        var ticket = Taken();
        Assert.Null(ticket.PassOn(Second with { Queue = "network" }, With("Question: ?"), Tom, ByTom, Noon));
        ticket.Apply(Verdict(Priority.P2), Noon);
        Assert.Equal((Priority.P2, "network", "mail/outlook"), (ticket.Priority, ticket.Queue, ticket.Category));
    }

    [Theory]
    [InlineData("", "Write what you ask")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13", "The note has 13 lines, and 12 are read")]
    public void A_note_that_nobody_would_read_is_refused(string note, string sentence) =>
        Assert.StartsWith(sentence, Taken().PassOn(Second, With(note), Tom, ByTom, Noon)!.Sentence, StringComparison.Ordinal);

    [Fact]
    public void Missing_answers_hold_it_until_a_reason_is_given()
    {
        var ticket = Taken();
        var with = With("Question: ?") with { Missing = ["Error"] };
        Assert.StartsWith("Answers are still missing", ticket.PassOn(Second, with, Tom, ByTom, Noon)!.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, ticket.Tier);
        Assert.Null(ticket.PassOn(Second, with with { Without = "Dana is on a train" }, Tom, ByTom, Noon));
        Assert.Equal(("Error", "Dana is on a train"), (ticket.Events[^1].Detail["missing"], ticket.Events[^1].Detail["without"]));
    }

    [Fact]
    public void A_P1_never_waits_for_answers()
    {
        var ticket = Taken(Priority.P1);
        Assert.Null(ticket.PassOn(Second, With("Question: ?") with { Missing = ["Error"] }, Tom, ByTom, Noon));
    }

    [Fact]
    public void To_where_it_is_already_or_to_no_tier_is_refused()
    {
        Assert.StartsWith("That is where it is already", Taken().PassOn(new(1, "service-desk", null, null), With("?"), Tom, ByTom, Noon)!.Sentence, StringComparison.Ordinal);
        Assert.Equal("Choose tier 1, 2 or 3.", Taken().PassOn(Second with { Tier = 4 }, With("?"), Tom, ByTom, Noon)!.Sentence);
    }

    private static PassedWith With(string note) => new(note, 0, "Problem: mail\nQuestion: ?", "mail/outlook", "mail/outlook", [], null);

    private static Verdict Verdict(Priority priority) => new() { Category = "other/question", CategoryTitle = "Question", Priority = priority, RiskTags = RiskTags.None, Queue = "service-desk", Reasons = [new("priority", "matrix", "because")], RulesVersion = "1" };

    private static Ticket Taken(Priority priority = Priority.P3)
    {
        var report = new Report { Subject = "Mail", Text = "Mail", Channel = Channel.Portal, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = "Outlook", Sensitivity = Sensitivity.None };
        var ticket = Ticket.Open(TenantId.New(), ContactId.New(), report, null, null, Guid.NewGuid(), Dana, Noon);
        ticket.Apply(Verdict(priority), Noon);
        Assert.Null(ticket.Take(Tom, ByTom, Noon));
        return ticket;
    }
}
