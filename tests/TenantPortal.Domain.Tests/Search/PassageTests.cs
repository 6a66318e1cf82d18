using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class PassageTests
{
    private static readonly SearchSnapshot Guides = With(Synonyms.Of([["till", "point of sale"]]), Among(Guide("printer", "Printing stops", "The printer stops with 0x80070005."), Guide("till", "Point of sale freezes")));

    private static string[] Marked(string text, string query) => [.. Guides.BestPassage(text, query)?.Marks.Select(mark => text.Substring(mark.Start, mark.Length)) ?? []];

    [Theory]
    [InlineData("All printers <script>alert(1)</script> & more", "printer", "printers")]
    [InlineData("It says 0x80070005 again", "-2147024891", "0x80070005")]
    [InlineData("The ﬁrst Printing of “today”", "printing", "Printing")]
    public void The_original_words_are_marked(string text, string query, string marked) => Assert.Equal([marked], Marked(text, query));

    [Fact]
    public void A_synonym_is_marked_too() => Assert.Equal(["point", "sale"], Marked("The point of sale is frozen", "till"));

    [Fact]
    public void The_densest_stretch_is_chosen_and_cut_at_words()
    {
        var text = "A printer stands in the hall. " + string.Concat(Enumerable.Repeat("Nothing of note happens here. ", 40)) + "The printer stops with 0x80070005 at noon. " + string.Concat(Enumerable.Repeat("Quiet again. ", 40));
        var passage = Guides.BestPassage(text, "printer stops 0x80070005");
        Assert.NotNull(passage);
        var shown = text.Substring(passage.Start, passage.Length);
        Assert.Contains("printer stops with 0x80070005", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 40, 240);
        Assert.True(passage.Start == 0 || text[passage.Start - 1] == ' ');
        Assert.Equal(3, passage.Marks.Count);
    }

    [Fact]
    public void A_text_without_any_word_of_the_query_has_no_passage() => Assert.Null(Guides.BestPassage("Quiet again.", "printer"));
}
