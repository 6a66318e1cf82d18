using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

/// <summary>What a guide learns from the tickets that it solved.</summary>
public sealed class LearnedTests
{
    private static readonly Guid Ines = Guid.NewGuid(), Omar = Guid.NewGuid();

    [Fact]
    public void Words_and_error_codes_are_learned_and_nothing_that_names_somebody() => Assert.Equal(
        ["kettle", "hisses", "loudly", "0x80070005", "call", "manual"],
        LearnedWords.Of("Hello, the kettle of Ines Fox hisses loudly! 0x80070005, call +41 44 5551234 or ines.fox@acorn.example, PC-4711 at https://acorn.example/x, \\\\files\\ines; kettle manual 12345678", new HashSet<string> { "ines", "fox" }));

    [Fact]
    public void Each_word_counts_as_often_as_different_people_wrote_it_and_contacts_get_those_of_two()
    {
        Lesson[] lessons = [new(Ines, ["kettle", "hisses"]), new(Ines, ["kettle", "steam"]), new(Omar, ["kettle"])];
        Assert.Equal("kettle kettle hisses steam", LearnedWords.Field(lessons, people: 1));
        Assert.Equal("kettle kettle", LearnedWords.Field(lessons, LearnedWords.PeopleForContacts));
    }

    [Fact]
    public void Learned_words_find_the_guide_and_say_so_and_words_in_the_guide_come_first()
    {
        var guides = Of(Among(Guide("learned", "Descale the kettle") with { Learned = "hisses hisses" }, Guide("said", "The radiator hisses")));
        Assert.Equal(["said", "learned"], guides.Search("it hisses").Ids());
        Assert.Contains(guides.Search("it hisses").Hits[1].Explain(), reason => reason is { Word: "hisses", Field: SearchField.Learned, Score: > 0 });
    }

    [Theory]
    [InlineData("hissse", false)]
    [InlineData("hiss", true)]
    public void Nothing_is_repaired_to_a_learned_word_or_completed_with_one(string typed, bool isTyping)
    {
        var learned = Of(Among(Guide("kettle", "Descale the kettle") with { Learned = "hissing hisses" }));
        var written = Of(Among(Guide("kettle", "Descale the kettle when it hisses")));
        var options = new SearchOptions { Prefix = isTyping };
        Assert.Equal("kettle", written.Search(typed, options).First());
        var answer = learned.Search(typed, options);
        Assert.Empty(answer.Repairs);
        Assert.All(answer.Hits, hit => Assert.DoesNotContain(hit.Explain(), reason => reason.Kind == MatchKind.Prefix));
        // nor when the word was known before it was only a learned one
        var after = written.With([AnalysedDocument.Of(Guide("kettle", "Descale the kettle") with { Learned = "hissing hisses" })], new HashSet<string>(), 2);
        Assert.Empty(after.Search(typed, options).Repairs);
    }

    [Fact]
    public void What_is_learned_moves_no_subject_and_makes_no_word_common()
    {
        SearchDocument Numbered(int i) => Guide($"g{i:000}", $"Subject{i % 7} of room {i}", $"Shelf{i % 5} in hall{i % 3} beside door{i % 11}");
        var before = Of([.. Enumerable.Range(0, 140).Select(Numbered)]).Trained();
        var learned = before.With([.. Enumerable.Range(0, 100).Select(i => AnalysedDocument.Of(Numbered(i) with { Learned = "door10 door10" }))], new HashSet<string>(), 2);
        Assert.False(learned.IsUntrained);
        Assert.True(before.With([AnalysedDocument.Of(Numbered(0) with { Body = "Other" })], new HashSet<string>(), 2).IsUntrained);
        Assert.Equal(OfBody(before), OfBody(learned));

        static double OfBody(SearchSnapshot guides) =>
            guides.Search("door10", new SearchOptions { Take = 200 }).Hits.Single(hit => hit.Id == "g109").Explain().Where(reason => reason.Field == SearchField.Body).Sum(reason => reason.Score);
    }
}
