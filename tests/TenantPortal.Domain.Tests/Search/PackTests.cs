using TenantPortal.Domain.Search;
using Xunit;
using static TenantPortal.Domain.Tests.Search.Library;

namespace TenantPortal.Domain.Tests.Search;

/// <summary>Analysed documents that were put away and came back.</summary>
public sealed class PackTests
{
    private static readonly SearchDocument[] Guides = Among(
        Guide("code", "Windows update fails with 0x80070005", "Reset the update folder of C:\\Windows. Müller's Netzwerkdrucker, twice.", ["update stops"], ["KB5034441"]) with { Learned = "hangs hangs", AppliesTo = new(["Windows 11"], ["Outlook"], []) },
        Guide("staff", "Unlock the vault") with { Audience = Audience.Staff, MinimumTier = 2 });

    [Fact]
    public void What_comes_back_answers_as_before()
    {
        var analysed = Guides.Select(document => AnalysedDocument.Of(document)).ToList();
        var (before, after) = (Snapshot(analysed), Snapshot(DocumentPack.Read(new PackReader(Packed(analysed)))));
        foreach (var query in (string[])["update stops", "kb 5034441", "\"update folder\"", "muller drucker", "hangs", "vault", "second screen", "upddate flder"])
        {
            Assert.Equal(before.Search(query).Hits.Select(hit => (hit.Id, hit.Score)), after.Search(query).Hits.Select(hit => (hit.Id, hit.Score)));
            Assert.NotEmpty(after.Search(query).Hits);
        }

        Assert.Empty(SearchSnapshot.Build(Clearance.Contact, DocumentPack.Read(new PackReader(Packed(analysed))), Synonyms.None, 1).Search("vault").Hits);
    }

    [Fact]
    public void Bytes_that_were_cut_or_changed_anywhere_are_refused()
    {
        var whole = Packed([.. Guides.Select(document => AnalysedDocument.Of(document))]);
        Assert.NotEmpty(DocumentPack.Read(new PackReader(whole)));
        for (var at = 0; at < whole.Length; at += 7)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            Assert.Throws<FormatException>(() => DocumentPack.Read(new PackReader(changed)));
            Assert.Throws<FormatException>(() => DocumentPack.Read(new PackReader(whole[..at])));
        }
    }

    private static byte[] Packed(IReadOnlyList<AnalysedDocument> documents)
    {
        var pack = new PackWriter();
        DocumentPack.Write(pack, documents);
        return pack.Ended();
    }

    private static SearchSnapshot Snapshot(IEnumerable<AnalysedDocument> documents) => SearchSnapshot.Build(Clearance.Tier3, documents, Synonyms.None, 1);
}
