using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using Xunit;

namespace TenantPortal.Domain.Tests.Triage;

public sealed class VerdictTests
{
    [Fact]
    public void The_category_follows_the_words_and_names_them_and_the_runner_up()
    {
        var verdict = Shops.Judge(Shops.Retailer, "Printer offline", "The printer at the counter has no toner.");
        Assert.Equal("printing/printer", verdict.Category);
        Assert.Equal("pos/till", verdict.RunnerUp);
        Assert.Equal("“Printer offline”, “Printer” and “toner” speak for Printers (6 points; next is Tills with 1).", verdict.Reasons[0].Sentence);
        Assert.Equal([new("printing/printer", 6), new("pos/till", 1)], verdict.Candidates);
    }

    [Fact]
    public void Words_against_a_category_count_against_it()
    {
        Assert.Equal("other/question", Shops.Judge(Shops.Retailer, "POS training video won't play").Category);
        Assert.Equal("pos/till", Shops.Judge(Shops.Retailer, "POS won't play").Category);
    }

    [Fact]
    public void A_form_brings_its_category()
    {
        var verdict = TriageVerdict.For(Shops.Said("Printer offline") with { FormCategory = "pos/payment" }, Shops.Retailer, RecentHistory.Empty);
        Assert.Equal("pos/payment", verdict.Category);
        Assert.Equal("form", verdict.Reasons[0].Rule);
    }

    [Theory]
    [InlineData(Impact.One, Urgency.Stopped, Priority.P3)]
    [InlineData(Impact.One, Urgency.Question, Priority.P4)]
    [InlineData(Impact.Site, Urgency.Stopped, Priority.P1)]
    [InlineData(Impact.Company, Urgency.Workaround, Priority.P2)]
    public void Without_a_clause_the_matrix_decides(Impact impact, Urgency urgency, Priority expected)
    {
        var verdict = TriageVerdict.For(Shops.Said("Printer offline") with { Impact = impact, Urgency = urgency }, Shops.Retailer, RecentHistory.Empty);
        Assert.Equal(expected, verdict.Priority);
        Assert.Contains(verdict.Reasons, r => r.Rule == "matrix" && r.Sentence.Contains("matrix-3", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_alone_set_no_priority_but_may_alert()
    {
        var verdict = Shops.Judge(Shops.Retailer, "Everything is down, nobody can print");
        Assert.Equal(Priority.P3, verdict.Priority);
        Assert.True(verdict.LooksUrgent);
        Assert.Contains(verdict.Reasons, r => r.Rule == "default" && r.Sentence == "Nobody has said yet who is affected and whether work can go on, so it starts as P3.");
        Assert.False(Shops.Judge(Shops.Retailer, "Printer offers no toner").LooksUrgent);
    }

    [Fact]
    public void A_system_the_client_cannot_do_without_starts_as_P2_where_no_clause_speaks()
    {
        Assert.Equal(Priority.P2, Shops.Judge(Shops.Accountancy, "The ledger is down").Priority);
        Assert.Equal(Priority.P3, Shops.Judge(Shops.Retailer, "The stock system is down").Priority);
    }

    [Fact]
    public void Two_calls_about_the_same_raise_P3_to_P2_and_no_further()
    {
        RecentHistory twice = new([new(12, 2, true, true, "printing/printer", null), new(11, 4, true, true, "printing/printer", null)]);
        var verdict = TriageVerdict.For(Shops.Said("Printer offline"), Shops.Retailer, twice);
        Assert.Equal(Priority.P2, verdict.Priority);
        Assert.Contains(verdict.Reasons, r => r.Rule == "history" && r.Sentence == "The same person called twice this week about the same (number 12, 11), so it rises from P3 to P2.");

        Assert.Equal(Priority.P3, TriageVerdict.For(Shops.Said("Printer offline"), Shops.Retailer, new([twice.Tickets[0]])).Priority);
        var question = Shops.Said("Printer offline") with { Impact = Impact.One, Urgency = Urgency.Question };
        Assert.Equal(Priority.P4, TriageVerdict.For(question, Shops.Retailer, twice).Priority);
    }

    [Fact]
    public void Something_else_is_no_system_that_others_called_about()
    {
        var report = Shops.Said("Printer offline") with { AffectedSystem = "Something else" };
        RecentHistory others = new([new(12, 2, false, true, "pos/till", "Something else"), new(11, 4, true, true, "files/storage", "Something else")]);
        Assert.Equal(Priority.P3, TriageVerdict.For(report, Shops.Retailer, others).Priority);
        RecentHistory same = new([.. others.Tickets.Select(t => t with { SamePerson = true, Category = "printing/printer" })]);
        Assert.Equal(Priority.P2, TriageVerdict.For(report, Shops.Retailer, same).Priority);
    }

    [Fact]
    public void Colleagues_count_by_the_system_not_by_the_category()
    {
        RecentHistory site = new([new(12, 9, false, true, "pos/till", "Stock system"), new(11, 9, false, true, "pos/till", "Stock system")]);
        Assert.Equal(Priority.P2, TriageVerdict.For(Shops.Said("till looks odd"), Shops.Retailer, new([.. site.Tickets.Select(t => t with { System = "Point of sale" })])).Priority);
        Assert.Equal(Priority.P3, TriageVerdict.For(Shops.Said("till looks odd"), Shops.Retailer, site).Priority);
        Assert.Equal(Priority.P3, TriageVerdict.For(Shops.Said("till looks odd"), Shops.Retailer, new([.. site.Tickets.Select(t => t with { System = "Point of sale", DaysAgo = 15 })])).Priority);
    }

    [Fact]
    public void One_word_is_enough_for_a_risk_tag()
    {
        var verdict = Shops.Judge(Shops.Retailer, "Strange invoice", "I think it is phishing.");
        Assert.Equal(RiskTags.Security | RiskTags.Billing, verdict.RiskTags);
        Assert.Contains(verdict.Reasons, r => r.Field == "risk" && r.Sentence == "“phishing” may touch security.");
        Assert.Equal(RiskTags.None, Shops.Judge(Shops.Retailer, "Printer offline").RiskTags);
    }

    [Fact]
    public void The_version_names_words_matrix_contract_and_clauses()
    {
        var version = Shops.Judge(Shops.Retailer, "x").RulesVersion;
        Assert.Equal("categories words-7, matrix matrix-3, contract Gold 5, clauses 1+1+1, outage words 2", version);
    }

    [Fact]
    public void The_same_report_gives_the_same_verdict()
    {
        string Once() => System.Text.Json.JsonSerializer.Serialize(Shops.Judge(Shops.Retailer, "tills hanging since lunch", "Invoice and phishing, printer offline too."));
        Assert.Equal(Once(), Once());
    }
}
