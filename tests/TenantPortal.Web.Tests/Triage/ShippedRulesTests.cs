using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Tests.Triage;

public sealed class ShippedRulesTests(ITestOutputHelper output)
{
    private static readonly Lazy<CompiledRules> Retailer = new(() => ShippedRules.Of("northwind")), Accountancy = new(() => ShippedRules.Of("larch")), Clinic = new(() => ShippedRules.Of("harbour"));

    private static Verdict Judge(CompiledRules rules, string words) => TriageVerdict.For(new() { Subject = words, Text = "" }, rules, RecentHistory.Empty);

    [Theory]
    [InlineData("tills hanging since lunch", "4.2 Point-of-sale.", "pos/till")]
    [InlineData("cards won't go through counter 2", "4.3 Card payments.", "pos/payment")]
    [InlineData("card machine offline in the shop", "4.3 Card payments.", "pos/payment")]
    public void The_retailers_outages_are_P1_with_its_clause_quoted(string words, string clause, string category)
    {
        var verdict = Judge(Retailer.Value, words);
        Assert.Equal((Priority.P1, category), (verdict.Priority, verdict.Category));
        Assert.StartsWith(clause, verdict.Clause!.Quote, StringComparison.Ordinal);
        Assert.Equal("ines", verdict.Clause.Path);
    }

    [Fact]
    public void A_training_video_and_the_accountancys_same_words_are_not()
    {
        Assert.Equal(Priority.P3, Judge(Retailer.Value, "POS training video won't play").Priority);
        foreach (var words in new[] { "tills hanging since lunch", "cards won't go through counter 2", "POS training video won't play" })
            Assert.Equal((Priority.P3, (string?)null), (Judge(Accountancy.Value, words).Priority, Judge(Accountancy.Value, words).AffectedSystem));
    }

    [Fact]
    public void Two_of_three_demo_tickets_get_the_category_their_writer_gave_them()
    {
        var (right, all, missed) = (0, 0, new List<string>());
        foreach (var (client, rules) in new[] { ("northwind", Retailer.Value), ("larch", Accountancy.Value), ("harbour", Clinic.Value) })
            foreach (var ticket in ShippedRules.Files(client).Tickets.Where(t => t.Category is not null))
            {
                all++;
                var verdict = TriageVerdict.For(ReportOf(ticket), rules, RecentHistory.Empty);
                if (verdict.Category == ticket.Category) right++;
                else missed.Add($"{ticket.Ref}: {ticket.Category}, judged {verdict.Category}: {ticket.Subject}");
            }
        output.WriteLine($"{right} of {all}\n{string.Join('\n', missed)}");
        Assert.True(all > 150);
        Assert.True(right * 3 > all * 2, $"{right} of {all} tickets got their category");
    }

    private static Report ReportOf(TicketEntry ticket) => new() { Subject = ticket.Subject, Text = ticket.Text, Impact = ticket.Impact, Urgency = ticket.Urgency, ErrorText = ticket.Error };
}
