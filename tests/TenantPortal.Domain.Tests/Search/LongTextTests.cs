using System.Diagnostics;
using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class LongTextTests
{
    private const int Megabyte = 1 << 20;
    private static readonly SearchSnapshot Guides = Of(Among(Guide("a", "Printer is offline", "0x80070005"), Guide("b", "Netzwerkdruckerverbindung einrichten")));

    public static TheoryData<string, string> Texts => new()
    {
        { "one letter", new string('a', Megabyte) },
        { "marks alone", new string('\u0301', Megabyte) },
        { "slashes", new string('/', Megabyte) },
        { "dots", string.Concat(Enumerable.Repeat("a.b", Megabyte / 3)) },
        { "quotes", string.Concat(Enumerable.Repeat("\"printer offline\" ", Megabyte / 18)) },
        { "codes", string.Concat(Enumerable.Range(0, Megabyte / 11).Select(i => $"0x{i:x8} ")) },
        { "words that nobody wrote", string.Concat(Enumerable.Range(0, Megabyte / 12).Select(i => $"{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}rinter{(char)('a' + i % 7)} ")) },
        { "a path", string.Concat(Enumerable.Repeat(@"C:\Windows\", Megabyte / 11)) },
        { "half pairs", new string('\ud800', Megabyte) },
        { "a log", string.Concat(Enumerable.Repeat("2026-01-01T00:00:00Z ERR_CONNECTION_RESET host.example.com 10.0.19045.3803 retry\n", Megabyte / 82)) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Of_a_megabyte_the_ends_are_read_and_no_text_takes_much_longer_than_prose(string what, string text)
    {
        Assert.True(Guides.Search(text).IsTruncated, what);
        var prose = Fastest(string.Concat(Enumerable.Repeat("The printer on the second floor is offline and nobody knows why. ", Megabyte / 65)));
        Assert.InRange(Fastest(text) / prose, 0, 40);
    }

    // the fastest of some rounds, so that whatever else the machine does counts little
    private static double Fastest(string text) => Enumerable.Range(0, 5).Min(_ =>
    {
        var began = Stopwatch.GetTimestamp();
        Guides.Search(text);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    });

    [Fact]
    public void What_stands_in_the_middle_of_a_long_text_is_not_read()
    {
        var filling = string.Concat(Enumerable.Repeat("lorem ipsum ", 4000));
        Assert.Equal("a", Guides.Search("printer " + filling + filling).First());
        Assert.Empty(Guides.Search(filling + " printer " + filling).Hits);
    }

    [Fact]
    public void Where_no_word_leads_the_nearest_letters_do()
    {
        Assert.Empty(Guides.Search("xprintx").Hits);
        Assert.Equal("a", Guides.Nearest("xprintx", 3)[0]);
        Assert.Empty(Guides.Nearest("zzzz", 3));
    }

    [Fact]
    public void How_a_text_is_read_can_be_looked_at()
    {
        var guides = With(Synonyms.Of([["till", "point of sale"]]), Among(Guide("a", "Till is frozen")));
        var read = guides.Preview("tlil at my point of sale, 0X80070005");
        Assert.Contains(read, word => word is { Text: "tlil", IsKnown: false, ReadAs: ["till", ..] });
        Assert.Contains(read, word => word is { Text: "point", SameAs: ["till"] });
        Assert.Contains(read, word => word is { Text: "0x80070005", IsKnown: false } && word.Kinds.HasFlag(TokenKinds.Code));
    }
}
