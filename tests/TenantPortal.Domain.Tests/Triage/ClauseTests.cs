using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using Xunit;

namespace TenantPortal.Domain.Tests.Triage;

public sealed class ClauseTests
{
    [Theory]
    [InlineData("tills hanging since lunch", "Point of sale")]
    [InlineData("cards won't go through counter 2", "Card payments")]
    [InlineData("Cards won’t go through at counter 2", "Card payments")]
    [InlineData("kassa is down", "Point of sale")]
    [InlineData("The POS is so slow that people leave", "Point of sale")]
    [InlineData("till 3 frozen", "Point of sale")]
    [InlineData("Quick question - tills are down, what now?", "Point of sale")]
    [InlineData("We have trouble with the tills. Nothing works.", "Point of sale")]
    [InlineData("Contactless not working at the desk", "Card payments")]
    public void Everyday_names_with_words_of_an_outage_are_P1_with_the_clause_quoted(string words, string system)
    {
        var verdict = Shops.Judge(Shops.Retailer, words);
        Assert.Equal(Priority.P1, verdict.Priority);
        Assert.Equal(system, verdict.AffectedSystem);
        Assert.True(verdict.LooksUrgent);
        var reason = Assert.Single(verdict.Reasons, r => r.Field == "priority");
        Assert.Equal("clause", reason.Rule);
        Assert.Contains(verdict.Clause!.Quote, reason.Sentence, StringComparison.Ordinal);
        Assert.Contains("It names Ines Duarte (Network lead).", reason.Sentence, StringComparison.Ordinal);
        Assert.Equal("ines", verdict.Clause.Path);
    }

    [Theory]
    [InlineData("POS training video won't play")]
    [InlineData("Training video for the tills won't load")]
    [InlineData("The training video for the tills is down")]
    [InlineData("How do I refund on the till? I cannot use the old way")]
    [InlineData("New tills arrive on Monday")]
    [InlineData("The till is not down any more")]
    [InlineData("Business cards won't print")]
    [InlineData("The terminal server is down")]
    [InlineData("I'd like a counter offer, the supplier is not responding")]
    [InlineData("My laptop is down")]
    public void A_name_alone_a_request_about_it_or_another_thing_is_no_outage(string words)
    {
        var verdict = Shops.Judge(Shops.Retailer, words);
        Assert.Equal(Priority.P3, verdict.Priority);
        Assert.Null(verdict.Clause);
    }

    [Theory]
    [InlineData("tills hanging since lunch")]
    [InlineData("cards won't go through counter 2")]
    [InlineData("POS training video won't play")]
    public void The_same_words_at_a_client_without_such_a_system_set_no_priority(string words)
    {
        var verdict = Shops.Judge(Shops.Accountancy, words);
        Assert.Equal(Priority.P3, verdict.Priority);
        Assert.Null(verdict.Clause);
        Assert.Null(verdict.AffectedSystem);
    }

    [Fact]
    public void A_training_video_stays_one_even_with_the_system_confirmed_and_work_stopped()
    {
        var report = Shops.Said("POS training video won't play") with { AffectedSystem = "Point of sale", Impact = Impact.One, Urgency = Urgency.Stopped };
        Assert.Equal(Priority.P3, TriageVerdict.For(report, Shops.Retailer, RecentHistory.Empty).Priority);
        var outage = Shops.Said("Nothing to see") with { AffectedSystem = "Point of sale", Impact = Impact.One, Urgency = Urgency.Stopped };
        Assert.Equal(Priority.P1, TriageVerdict.For(outage, Shops.Retailer, RecentHistory.Empty).Priority);
    }

    [Fact]
    public void The_clause_beats_the_matrix_upwards_and_downwards()
    {
        var down = Shops.Said("website is down") with { Impact = Impact.Company, Urgency = Urgency.Stopped };
        Assert.Equal(Priority.P2, TriageVerdict.For(down, Shops.Retailer, RecentHistory.Empty).Priority);
        var till = Shops.Said("till frozen") with { Impact = Impact.One, Urgency = Urgency.Workaround };
        Assert.Equal(Priority.P1, TriageVerdict.For(till, Shops.Retailer, RecentHistory.Empty).Priority);
    }

    [Fact]
    public void A_clause_for_an_outage_only_does_not_speak_of_slowness()
    {
        Assert.Null(Shops.Judge(Shops.Retailer, "The web shop is slow").Clause);
        Assert.NotNull(Shops.Judge(Shops.Retailer, "The web shop is down").Clause);
    }

    [Fact]
    public void A_clause_of_one_site_holds_there_and_where_the_site_is_unknown()
    {
        Assert.Equal(Priority.P1, TriageVerdict.For(Shops.Said("till frozen") with { SiteId = Shops.Leeds }, Shops.LeedsOnly, RecentHistory.Empty).Priority);
        Assert.Equal(Priority.P1, TriageVerdict.For(Shops.Said("till frozen"), Shops.LeedsOnly, RecentHistory.Empty).Priority);
        Assert.Equal(Priority.P3, TriageVerdict.For(Shops.Said("till frozen") with { SiteId = Shops.Bath }, Shops.LeedsOnly, RecentHistory.Empty).Priority);
    }
}
