using System.Text;
using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

public sealed class SnapshotTests
{
    private static readonly SearchDocument Secret = Guide("secret", "Rotate the zanzibar key", "Only zanzibar.") with { MinimumTier = 3, Audience = Audience.Staff };

    [Fact]
    public void What_a_class_may_not_read_leaves_no_trace_in_its_answers()
    {
        var documents = Among(Secret).Select(document => AnalysedDocument.Of(document)).ToList();
        var contact = SearchSnapshot.Build(Clearance.Contact, documents, Synonyms.None, 1);
        var tier3 = SearchSnapshot.Build(Clearance.Tier3, documents, Synonyms.None, 1);
        Assert.Equal("secret", tier3.Search("zanzibar").First());
        Assert.Equal("secret", tier3.Search("zanzibra").First());
        foreach (var query in (string[])["zanzibar", "zanzibra", "zanz", "\"zanzibar key\""])
            Assert.Equivalent(SearchAnswer.Nothing, contact.Search(query, new SearchOptions { Prefix = query == "zanz" }), strict: true);
        Assert.Empty(SearchSnapshot.Build(Clearance.Tier2, documents, Synonyms.None, 1).Search("zanzibar").Hits);
    }

    [Fact]
    public void A_neighbour_with_a_thousand_guides_changes_nothing()
    {
        var own = Of(Among(Guide("printer", "Printer is offline")));
        var before = own.Search("printer offlin").Hits.Select(hit => (hit.Id, hit.Score)).ToList();
        var neighbour = Of([.. Enumerable.Range(0, 1000).Select(i => Guide($"n{i}", "Printer is offline", "printer offlin offline"))]);
        Assert.Equal(10, neighbour.Search("printer").Hits.Count);
        Assert.NotEmpty(before);
        Assert.Equal(before, own.Search("printer offlin").Hits.Select(hit => (hit.Id, hit.Score)));
    }

    [Fact]
    public void A_publish_and_a_withdrawal_show_in_the_next_snapshot_only()
    {
        var first = Of(Among(Guide("a", "Printer is offline")));
        var second = first.With([AnalysedDocument.Of(Guide("b", "Scanner is offline"))], new HashSet<string> { "a" }, 2);
        Assert.Equal(["a"], first.Search("offline").Ids());
        Assert.Equal(["b"], second.Search("offline").Ids());
        Assert.Equal(2, second.Generation);
        Assert.Empty(second.Search("printer", new SearchOptions { Repair = false }).Hits);
    }

    [Fact]
    public void A_changed_glossary_works_at_once()
    {
        var guides = Of(Among(Guide("till", "Point of sale does not start")));
        Assert.Empty(guides.Search("kassa").Hits);
        Assert.Equal("till", guides.With(Synonyms.Of([["kassa", "point of sale"]]), 2).Search("kassa").First());
    }

    [Fact]
    public void Any_text_is_answered_and_analysed()
    {
        var guides = Of(Among(Guide("a", "Printer is offline", "0x80070005")));
        var random = new Random(5);
        var texts = new List<string> { "title:(", "\"open", "*", "a AND", "😀 printer", "'", "-", "--", "\"\"", "a:b/c\\d", "\ud800", "x\udc00\u0301", "\ufffe", "0x", "C:\\", "/", "....", "_", "n't", "'s", "KB-", "e\u0301\u0301", new string('\u0301', 500), new string('a', 10_000), string.Concat(Enumerable.Repeat("0x80070005 printer_offline ", 400)), string.Concat(Enumerable.Repeat("a.b", 3000)), string.Concat(Enumerable.Repeat("/", 5000)) };
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            texts.Add(Encoding.UTF8.GetString(bytes));
            texts.Add(Encoding.Latin1.GetString(bytes));
            texts.Add(Encoding.Unicode.GetString(bytes));
        }

        foreach (var text in texts)
        {
            guides.Search(text, new SearchOptions { Prefix = true });
            guides.BestPassage(text, "printer " + text);
            foreach (var token in Analyzer.Analyse(text).Tokens) Assert.InRange(token.Start + token.Length, token.Start, text.Length);
            Of(Guide("x", text, text)).Search(text);
        }

        Assert.Equal("a", guides.Search("😀 printer").First());
    }

    [Fact]
    public void Of_a_long_log_both_ends_are_read()
    {
        var guides = Of(Among(Guide("a", "Update fails", "0x80070005"), Guide("b", "Printer is offline")));
        var log = "printer " + string.Concat(Enumerable.Repeat("lorem ipsum dolor ", 20_000)) + " 0x80070005";
        var answer = guides.Search(log);
        Assert.True(answer.IsTruncated);
        Assert.Equal(["a", "b"], answer.Ids().Order());
    }

    [Fact]
    public void What_others_asked_before_changes_no_answer()
    {
        var guides = Among(Guide("drucker", "Drucker anhalten"), Guide("netz", "Netzwerkdruckerverbindung einrichten"));
        var asked = Of(guides);
        asked.Search("the drucker in our office prints nothing since this morning, please help");
        Assert.Equal(["drucker", "netz"], Of(guides).Search("drucker").Ids());
        Assert.Equal(["drucker", "netz"], asked.Search("drucker").Ids());
    }
}
