using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Search;

namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>A client's guides as the index keeps them, as bytes: what a client that was idle comes back from.</summary>
internal static class LibraryPack
{
    /// <summary>Names the code that cut the documents and the code that chose what is cut and for whom: another build of either reads the guides themselves.</summary>
    public static string Format { get; } = $"{DocumentPack.Format} {typeof(LibraryPack).Module.ModuleVersionId:n}";

    public static byte[] Of(ClientKnowledge knowledge)
    {
        var pack = new PackWriter();
        pack.Text(Format);
        pack.Number(knowledge.Generation);
        pack.Number(knowledge.Unread.Count);
        foreach (var unread in knowledge.Unread)
        {
            pack.Id(unread.RunbookId);
            pack.Text(unread.Reason);
        }
        var guides = knowledge.Guides.Values.OrderBy(g => g.RunbookId).ToList();
        // classes that read the same text share its document
        var documents = guides.SelectMany(g => g.Documents.Values).Distinct<AnalysedDocument>(ReferenceEqualityComparer.Instance).ToList();
        DocumentPack.Write(pack, documents);
        var places = new Dictionary<AnalysedDocument, int>(ReferenceEqualityComparer.Instance);
        foreach (var document in documents) places[document] = places.Count;
        pack.Number(guides.Count);
        foreach (var guide in guides) Write(pack, guide, places);
        return pack.Ended();
    }

    /// <summary>Null where another build wrote it.</summary>
    public static ClientKnowledge? Read(byte[] bytes, Synonyms synonyms)
    {
        var pack = new PackReader(bytes);
        if (pack.Text() != Format) return null;
        var generation = pack.Number();
        var unread = new UnreadGuide[pack.Count()];
        for (var i = 0; i < unread.Length; i++) unread[i] = new(pack.Id(), pack.Text());
        var documents = DocumentPack.Read(pack);
        var guides = new IndexedGuide[pack.Count()];
        for (var i = 0; i < guides.Length; i++) guides[i] = Guide(pack, documents);
        return new(generation, guides, synonyms, unread);
    }

    private static void Write(PackWriter pack, IndexedGuide guide, Dictionary<AnalysedDocument, int> places)
    {
        pack.Id(guide.RunbookId);
        foreach (var text in (ReadOnlySpan<string>)[guide.VersionHash, guide.Slug, guide.Title, guide.Summary, guide.Category]) pack.Text(text);
        pack.Number(guide.Minutes);
        pack.Number(guide.Lessons);
        pack.Number(guide.PublishedAt.UtcTicks);
        pack.Number(guide.ReviewBy?.DayNumber ?? -1);
        pack.Texts([.. guide.Supersedes]);
        pack.Number(guide.OpenVariables.Count);
        foreach (var (name, variable) in guide.OpenVariables)
        {
            pack.Text(name);
            pack.Text(variable.Type);
            pack.Number(variable.Required ? 1 : 0);
            pack.Texts(variable.Otherwise is { } otherwise ? [otherwise] : []);
        }
        pack.Number(guide.Documents.Count);
        foreach (var (reader, document) in guide.Documents)
        {
            pack.Number((int)reader);
            pack.Number(places[document]);
        }
    }

    private static IndexedGuide Guide(PackReader pack, AnalysedDocument[] documents)
    {
        return new()
        {
            RunbookId = pack.Id(), VersionHash = pack.Text(), Slug = pack.Text(), Title = pack.Text(), Summary = pack.Text(), Category = pack.Text(), Minutes = (int)pack.Number(), Lessons = (int)pack.Number(),
            PublishedAt = new(pack.Number(), TimeSpan.Zero), ReviewBy = pack.Number() is >= 0 and var day ? DateOnly.FromDayNumber((int)day) : null, Supersedes = pack.Texts(),
            OpenVariables = Variables(), Documents = Readers(),
        };

        Dictionary<string, OpenVariable> Variables()
        {
            var count = pack.Count();
            var variables = new Dictionary<string, OpenVariable>(count, StringComparer.Ordinal);
            for (var i = 0; i < count; i++) variables[pack.Text()] = new(pack.Text(), pack.Number() == 1, pack.Texts() is [var otherwise] ? otherwise : null);
            return variables;
        }

        Dictionary<ReaderClass, AnalysedDocument> Readers()
        {
            var count = pack.Count();
            var readers = new Dictionary<ReaderClass, AnalysedDocument>(count);
            for (var i = 0; i < count; i++) readers[(ReaderClass)pack.Number()] = documents[pack.Number()];
            return readers;
        }
    }
}
