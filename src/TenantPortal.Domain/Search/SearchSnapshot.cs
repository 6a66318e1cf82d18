namespace TenantPortal.Domain.Search;

/// <summary>The immutable index of what one clearance class of one client may find; statistics, vocabulary and spelling come from these documents alone.</summary>
public sealed partial class SearchSnapshot
{
    private readonly AnalysedDocument[] documents;
    private readonly int[][] termsOf;
    private readonly Synonyms synonyms;

    private SearchSnapshot(Clearance clearance, AnalysedDocument[] documents, Synonyms synonyms, long generation)
    {
        (Clearance, Generation, this.documents, this.synonyms) = (clearance, generation, documents, synonyms);
        termsOf = new int[documents.Length][];
        Index = new InvertedIndex(documents, termsOf);
        Glossary = new GlossaryClauses(this);
    }

    public Clearance Clearance { get; }

    public long Generation { get; }

    public int Count => documents.Length;

    internal InvertedIndex Index { get; }

    internal GlossaryClauses Glossary { get; }

    internal RecentWords WordsOfLongQueries { get; } = new();

    /// <summary>Kept apart: where little is said, a word may be any part of a compound.</summary>
    internal RecentWords WordsOfShortQueries { get; } = new();

    internal Synonyms Synonyms => synonyms;

    /// <summary>Documents that the class may not read are left out before anything is counted; of two with one id the later stays.</summary>
    public static SearchSnapshot Build(Clearance clearance, IEnumerable<AnalysedDocument> documents, Synonyms synonyms, long generation)
    {
        var byId = new Dictionary<string, AnalysedDocument>(StringComparer.Ordinal);
        foreach (var document in documents)
            if (MayRead(clearance, document)) byId[document.Id] = document;
            else byId.Remove(document.Id);
        var ordered = byId.Values.ToArray();
        Array.Sort(ordered, static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        return new SearchSnapshot(clearance, ordered, synonyms, generation);
    }

    /// <summary>A new snapshot after a publish or a withdrawal; analysis is not repeated.</summary>
    public SearchSnapshot With(IEnumerable<AnalysedDocument> changed, IReadOnlySet<string> removed, long generation) =>
        Build(Clearance, documents.Where(document => !removed.Contains(document.Id)).Concat(changed), synonyms, generation);

    public SearchSnapshot With(Synonyms changed, long generation) => new(Clearance, documents, changed, generation);

    public bool Contains(string id) => Find(id) >= 0;

    internal AnalysedDocument Document(int number) => documents[number];

    internal int[] TermsOf(int number) => termsOf[number];

    internal int Find(string id)
    {
        int low = 0, high = documents.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(documents[middle].Id, id);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    private static bool MayRead(Clearance clearance, AnalysedDocument document) => clearance == Clearance.Contact
        ? document.Audience.HasFlag(Audience.Contacts) && document.MinimumTier <= 0
        : document.Audience != Audience.None && document.MinimumTier <= (int)clearance;
}
