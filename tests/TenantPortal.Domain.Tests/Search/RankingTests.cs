using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class RankingTests
{
    [Fact]
    public void A_quoted_phrase_excludes_scattered_words_and_neighbours_rank_higher_without_quotes()
    {
        var guides = Of(Among(Guide("a-apart", "Folder", "Access to the folder is denied."), Guide("b-phrase", "Share", "The share says access denied again.")));
        Assert.Equal(["b-phrase"], guides.Search("\"access denied\"").Ids());
        Assert.Equal(["b-phrase", "a-apart"], guides.Search("access denied").Ids());
        Assert.Empty(guides.Search("\"denied access\"").Hits);
    }

    [Fact]
    public void A_polite_mail_is_a_query()
    {
        var guides = Of(Among(Guide("outlook", "Outlook keeps asking for the password", "Remove stored passwords."), Guide("morning", "Good morning message", "Hi, please help since this morning."), Guide("since", "Slow since the update", "Please wait.")));
        Assert.Equal("outlook", guides.Search("Hi, since this morning Outlook keeps asking for my password, please help").First());
    }

    [Fact]
    public void A_rare_word_says_more_than_a_common_word_said_often()
    {
        var common = Enumerable.Range(0, 8).Select(i => Guide($"c{i}", $"Guide {i}", "Change the password."));
        var guides = Of([.. Among(Guide("a", "Guide a", string.Join(' ', Enumerable.Repeat("password", 9))), Guide("b", "Guide b", "A kerberos ticket.")), .. common]);
        Assert.Equal("b", guides.Search("password kerberos").First());
    }

    [Theory]
    [InlineData("title")]
    [InlineData("symptom")]
    [InlineData("code")]
    public void A_field_that_states_the_problem_comes_before_a_body_that_repeats_it(string id)
    {
        var strong = id switch
        {
            "title" => Guide(id, "Toner is empty", "Call the desk."),
            "symptom" => Guide(id, "Grey pages", "Call the desk.", symptoms: ["the toner is low"]),
            _ => Guide(id, "Grey pages", "Call the desk.", codes: ["toner"]),
        };
        var weak = Guide("a-body", "About copiers", "A toner and a toner and a toner and a toner and a toner with many other words that say little about what a person would ask for in a copier room, on and on.");
        Assert.Equal(id, Of(Among(strong, weak)).Search("toner").First());
    }

    [Fact]
    public void The_reasons_add_up_to_the_score()
    {
        var guides = Of(Among(Guide("outlook", "Outlook asks for the password", "Remove the stored password of Outlook.")));
        var hit = guides.Search("outlook password").Hits[0];
        Assert.Equal(1, hit.Coverage, 3);
        Assert.Equal(hit.Score, hit.Explain().Sum(reason => reason.Score), 3);
    }

    [Fact]
    public void Guides_for_another_system_are_left_out_and_those_for_any_come_lower()
    {
        SearchDocument For(string id, params string[] systems) => Guide(id, "Change the paper size") with { AppliesTo = new AppliesTo(systems, [], []) };
        var guides = Of(Among(For("a-any"), For("b-mac", "macOS"), For("c-windows", "Windows 11")));
        var windows = new AppliesTo(["Windows 11"], [], []);
        Assert.Equal(["c-windows", "a-any"], guides.Search("paper size", new SearchOptions { Only = windows }).Ids());
        Assert.Equal(["c-windows", "a-any", "b-mac"], guides.Search("paper size", new SearchOptions { Prefer = windows }).Ids());
    }

    [Fact]
    public void Equal_scores_are_ordered_by_id_and_pages_do_not_overlap()
    {
        var guides = Of([.. Enumerable.Range(0, 30).Select(i => Guide($"g{i:00}", "Paper jam"))]);
        var first = guides.Search("paper jam", new SearchOptions { Take = 10 });
        var second = guides.Search("paper jam", new SearchOptions { Take = 10, Skip = 10 });
        Assert.Equal(30, first.Total);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"g{i:00}"), first.Ids().Concat(second.Ids()));
    }

    [Fact]
    public void A_small_library_knows_what_is_alike()
    {
        var guides = Of(Among(Guide("p1", "Printer prints grey pages", "Change the toner of the printer."), Guide("p2", "Printer is out of toner", "Order toner for the printer."), Guide("v", "VPN drops", "Restart the client.")));
        Assert.Equal("p2", guides.Like("p1").First());
        Assert.DoesNotContain("p1", guides.Like("p1").Ids());
        Assert.Empty(guides.Like("unknown").Hits);
    }

    [Fact]
    public void An_unrelated_question_is_answered_with_little_confidence()
    {
        var guides = Of(Among(Guide("outlook", "Outlook asks for the password", "Remove the stored password.")));
        Assert.InRange(guides.Search("outlook password").Confidence, 0.8, 1);
        Assert.InRange(guides.Search("which restaurant has pizza near the cable car").Confidence, 0, 0.4);
        Assert.Equal(0, guides.Search("zzzzzz qqqqqq").Confidence);
    }

    [Fact]
    public void Nothing_found_is_an_empty_answer() => Assert.Equal((0, 0), (Of(Among()).Search("zzzzzz").Hits.Count, Of(Among()).Search("zzzzzz").Total));
}
