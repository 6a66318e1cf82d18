using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using Xunit;

namespace TenantPortal.Domain.Tests.Triage;

public sealed class LaterVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 7, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_later_message_that_would_lower_a_clause_leaves_its_priority_and_its_reasons()
    {
        var ticket = Open("tills hanging since lunch");
        Judge(ticket, "the printer has no toner, and the invoice is wrong");
        Assert.Equal(Priority.P1, ticket.Priority);
        Assert.Contains(Shops.Quote, ticket.Because, StringComparison.Ordinal);
        Assert.Contains(ticket.Verdict!.Reasons, r => r.Rule == "clause" && r.Sentence.Contains(Shops.Quote, StringComparison.Ordinal));
        Assert.DoesNotContain(ticket.Verdict.Reasons, r => r.Field == "priority" && r.Rule == "default");
        Assert.Equal("Point of sale", ticket.Verdict.AffectedSystem);
        // up acts all the same, on the tag
        Assert.Equal(RiskTags.Billing, ticket.RiskTags);
        Assert.Contains(ticket.Verdict.Reasons, r => r.Field == "risk");
        Assert.Equal("P3", ticket.Events.Last(e => e.Kind == TicketEventKind.VerdictSuggested).Detail["priority"]);
    }

    [Fact]
    public void A_risk_tag_stays_with_its_reason_when_a_later_message_raises_the_priority()
    {
        var ticket = Open("I think it was phishing");
        Judge(ticket, "tills hanging since lunch");
        Assert.Equal((Priority.P1, RiskTags.Security), (ticket.Priority, ticket.RiskTags));
        Assert.Contains(ticket.Verdict!.Reasons, r => r.Field == "risk" && r.Sentence.Contains("phishing", StringComparison.Ordinal));
        Assert.Equal("clause", ticket.Verdict.Reasons.First(r => r.Field == "priority").Rule);
    }

    [Fact]
    public void What_first_had_no_category_gets_the_one_that_a_later_message_names_until_somebody_works_on_it()
    {
        var ticket = Open("hello, are you there");
        Assert.Equal("other/question", ticket.Category);
        Judge(ticket, "the printer has a paper jam");
        Assert.Equal("printing/printer", ticket.Category);
        Judge(ticket, "something about the till");
        Assert.Equal("printing/printer", ticket.Category);
        var taken = Open("hello, are you there");
        taken.Take(StaffId.New(), Actor.Machine("test"), Now);
        Judge(taken, "the printer has a paper jam");
        Assert.Equal("other/question", taken.Category);
    }

    private static Ticket Open(string words)
    {
        var report = Shops.Said(words);
        var ticket = Ticket.Open(TenantId.New(), ContactId.New(), report, null, null, Guid.NewGuid(), Actor.Machine("test"), Now);
        ticket.Apply(TriageVerdict.For(report, Shops.Retailer, RecentHistory.Empty), Now);
        return ticket;
    }

    private static void Judge(Ticket ticket, string words) => ticket.Apply(TriageVerdict.For(Shops.Said(words), Shops.Retailer, RecentHistory.Empty), Now);
}
