using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

/// <summary>What a guide gets beyond the query's own words: letters in common, and speaking of the same.</summary>
public sealed class SubjectTests
{
    private static readonly string[][] Subjects =
    [
        ["wireless", "network", "signal", "router", "antenna", "channel"],
        ["invoice", "ledger", "booking", "account", "balance", "voucher"],
        ["badge", "turnstile", "gate", "visitor", "reception", "card"],
        ["camera", "lens", "tripod", "photo", "shutter", "exposure"],
    ];

    private static readonly string[] Questions = ["wireless signal is weak", "invoice", "visitor badge at the gate", "photo exposure lens", "router antena", "where is the ledger of the reception"];

    private static SearchDocument Of(int number)
    {
        var words = Subjects[number % Subjects.Length];
        var place = number / Subjects.Length;
        return Guide($"g{number:000}", $"{words[place % 6]} {words[(place + 1) % 6]} {place}", $"{words[(place + 2) % 6]} {words[(place + 3) % 6]} of room {place} with {words[(place * 5 + 1) % 6]}");
    }

    private static SearchSnapshot Shelf(int count) => Library.Of([.. Enumerable.Range(0, count).Select(Of)]);

    private static string[] Answers(SearchSnapshot snapshot) => [.. Questions.SelectMany(question => snapshot.Search(question).Hits.Select(hit => $"{question} {hit.Id} {BitConverter.DoubleToInt64Bits(hit.Score)}"))];

    [Fact]
    public void A_guide_on_the_same_subject_is_told_by_more_than_the_words_in_common()
    {
        var hit = Shelf(60).Search("wireless signal").Hits[0];
        Assert.Contains(hit.Explain(), reason => reason is { Kind: MatchKind.Topic, Score: > 0 });
        Assert.Equal(hit.Score, hit.Explain().Sum(reason => reason.Score), 2);
    }

    [Fact]
    public void A_subject_alone_makes_no_hit() => Assert.All(Shelf(60).Search("wireless").Hits, hit => Assert.Contains(hit.Explain(), reason => reason.Word == "wireless"));

    [Fact]
    public void Letters_in_common_put_the_nearer_spelling_first()
    {
        var guides = Library.Of(Among(Guide("a-other", "Start the projector in the hall"), Guide("b-near", "Start the reconciliation in the hall")));
        var hit = guides.Search("start reconciliations-run hall").Hits[0];
        Assert.Equal("b-near", hit.Id);
        Assert.Contains(hit.Explain(), reason => reason is { Kind: MatchKind.Letters, Score: > 0 });
    }

    [Theory]
    [InlineData(60)]
    [InlineData(200)]
    public void The_same_guides_give_the_same_digits(int count)
    {
        Assert.NotEmpty(Answers(Shelf(count).Trained()));
        Assert.Equal(Answers(Shelf(count).Trained()), Answers(Shelf(count).Trained()));
    }

    [Fact]
    public void A_publish_to_a_small_library_leaves_it_as_if_built_anew()
    {
        var grown = Shelf(59);
        Assert.NotEmpty(Answers(grown));
        grown = grown.With([AnalysedDocument.Of(Of(59))], new HashSet<string>(), 2);
        Assert.Equal(Answers(Shelf(60)), Answers(grown));
    }

    [Fact]
    public void A_new_guide_takes_its_place_among_the_subjects_of_a_large_library_at_once()
    {
        var before = Shelf(200).Trained();
        Assert.False(before.IsUntrained);
        var after = before.With([AnalysedDocument.Of(Guide("new", "Antenna of the wireless router", "channel and signal"))], new HashSet<string> { "g000" }, 2);
        Assert.True(after.IsUntrained);
        var hit = after.Search("weak signal of the router").Hits.Single(hit => hit.Id == "new");
        Assert.Contains(hit.Explain(), reason => reason is { Kind: MatchKind.Topic, Score: > 0 });
        Assert.DoesNotContain("g000", after.Search("wireless network", new SearchOptions { Take = 100 }).Ids());
    }

    [Fact]
    public void Pages_and_totals_count_only_what_the_class_may_read()
    {
        var documents = Enumerable.Range(0, 100).Select(i => Guide($"g{i:000}", "Paper jam") with { MinimumTier = i % 10 < 3 ? 0 : 2, Audience = i % 10 < 3 ? Audience.Contacts | Audience.Staff : Audience.Staff }).Select(document => AnalysedDocument.Of(document)).ToList();
        var contact = SearchSnapshot.Build(Clearance.Contact, documents, Synonyms.None, 1);
        Assert.Equal(30, contact.Search("paper jam").Total);
        Assert.All((int[])[0, 10, 20], skip => Assert.Equal(10, contact.Search("paper jam", new SearchOptions { Skip = skip }).Hits.Count));
        Assert.Equal(100, SearchSnapshot.Build(Clearance.Tier2, documents, Synonyms.None, 1).Search("paper jam").Total);
    }

    [Fact]
    public void A_short_precise_page_comes_before_a_long_one()
    {
        var guides = Library.Of(Among(Guide("a-long", "All about the office", "The toner is in the cupboard. " + string.Join(' ', Enumerable.Range(0, 300).Select(i => $"word{i}"))), Guide("b-short", "All about copiers", "The toner is in the cupboard.")));
        Assert.Equal("b-short", guides.Search("toner cupboard").First());
    }
}
