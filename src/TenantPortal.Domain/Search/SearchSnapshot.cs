namespace TenantPortal.Domain.Search;

/// <summary>The immutable index of what one clearance class of one client may find; statistics, vocabulary and spelling come from these documents alone.</summary>
public sealed partial class SearchSnapshot
{
    private const int FewestRecentWords = 512;

    // a library's vocabulary grows slower than itself, and its tickets use a small part of it
    private const int RecentShare = 8;
    private readonly AnalysedDocument[] documents;
    private readonly int[][] termsOf;
    private readonly int[][] orderOf;
    private readonly Synonyms synonyms;
    private readonly Lazy<LetterGrams> letters;

    private SearchSnapshot(Clearance clearance, AnalysedDocument[] documents, Synonyms synonyms, long generation, SearchSnapshot? before, bool hasSubjects = true)
    {
        (Clearance, Generation, this.documents, this.synonyms) = (clearance, generation, documents, synonyms);
        termsOf = new int[documents.Length][];
        orderOf = new int[documents.Length][];
        var places = before is null ? [] : PlacesIn(before);
        for (var number = 0; number < places.Length; number++)
            if (places[number] >= 0) (termsOf[number], orderOf[number]) = (before!.termsOf[places[number]], before.orderOf[places[number]]);
        Index = new InvertedIndex(documents, termsOf, before?.Index);
        for (var number = 0; number < documents.Length; number++) orderOf[number] ??= documents[number].OrderIn(termsOf[number]);
        // what was not asked for before is not kept for it
        var known = before is { letters.IsValueCreated: true } ? before.Letters : null;
        letters = new(() => new LetterGrams(Index, documents, termsOf, known, known is null ? null : places));
        // few documents are trained in less time than a person notices, many are when there is time
        if (hasSubjects) Latent = documents.Length <= Weights.TrainedAtOnce ? LatentTraining.Of(Index, documents.Length) : before?.Latent?.With(Index, termsOf, Settled(places, before));
        Glossary = new GlossaryClauses(this);
        var most = Math.Max(FewestRecentWords, Index.Vocabulary / RecentShare);
        (WordsOfLongQueries, WordsOfShortQueries) = (new RecentWords(most), new RecentWords(most));
    }

    private SearchSnapshot(SearchSnapshot same, Synonyms synonyms, long generation, LatentSpace? latent)
    {
        (Clearance, Generation, documents, this.synonyms) = (same.Clearance, generation, same.documents, synonyms);
        (termsOf, orderOf, Index, letters, Latent) = (same.termsOf, same.orderOf, same.Index, same.letters, latent);
        Glossary = new GlossaryClauses(this);
        var most = Math.Max(FewestRecentWords, Index.Vocabulary / RecentShare);
        (WordsOfLongQueries, WordsOfShortQueries) = (new RecentWords(most), new RecentWords(most));
    }

    public Clearance Clearance { get; }

    public long Generation { get; }

    public int Count => documents.Length;

    internal InvertedIndex Index { get; }

    internal LetterGrams Letters => letters.Value;

    internal LatentSpace? Latent { get; }

    internal GlossaryClauses Glossary { get; }

    internal RecentWords WordsOfLongQueries { get; }

    /// <summary>Kept apart: where little is said, a word may be any part of a compound.</summary>
    internal RecentWords WordsOfShortQueries { get; }

    internal Synonyms Synonyms => synonyms;

    /// <summary>Documents that the class may not read are left out before anything is counted; of two with one id the later stays.</summary>
    public static SearchSnapshot Build(Clearance clearance, IEnumerable<AnalysedDocument> documents, Synonyms synonyms, long generation) =>
        new(clearance, Readable(clearance, documents), synonyms, generation, before: null);

    /// <summary>An index for one question: what takes longest to learn, the subjects, it does without.</summary>
    public static SearchSnapshot Once(Clearance clearance, IEnumerable<AnalysedDocument> documents, Synonyms synonyms) =>
        new(clearance, Readable(clearance, documents), synonyms, generation: 0, before: null, hasSubjects: false);

    /// <summary>A new snapshot after a publish or a withdrawal; neither the analysis nor the numbering of what stays is repeated.</summary>
    public SearchSnapshot With(IEnumerable<AnalysedDocument> changed, IReadOnlySet<string> removed, long generation) =>
        WithAll(documents.Where(document => !removed.Contains(document.Id)).Concat(changed), synonyms, generation);

    /// <summary>A new snapshot of these documents, which takes over all that is known of those among them that are its own.</summary>
    public SearchSnapshot WithAll(IEnumerable<AnalysedDocument> all, Synonyms changed, long generation)
    {
        var ordered = Readable(Clearance, all);
        // the vocabulary of a library that lost half of itself is better made anew
        return new(Clearance, ordered, changed, generation, ordered.Length * 2 < documents.Length ? null : this);
    }

    public SearchSnapshot With(Synonyms changed, long generation) => new(this, changed, generation, Latent);

    /// <summary>Whether <see cref="Trained"/> would find subjects that this snapshot does not know yet.</summary>
    public bool IsUntrained => documents.Length > Weights.TrainedAtOnce && (Latent is null || !Latent.IsTrained);

    /// <summary>The same snapshot with its subjects learned anew: tens of milliseconds for a thousand documents, seconds for a hundred thousand.</summary>
    public SearchSnapshot Trained() => new(this, synonyms, Generation, LatentTraining.Of(Index, documents.Length));

    public bool Contains(string id) => Find(id) >= 0;

    internal AnalysedDocument Document(int number) => documents[number];

    internal int[] TermsOf(int number) => termsOf[number];

    /// <summary>The stems of a document as they follow each other, -1 between its fields.</summary>
    internal ReadOnlySpan<int> OrderOf(int number) => orderOf[number];

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

    private static AnalysedDocument[] Readable(Clearance clearance, IEnumerable<AnalysedDocument> documents)
    {
        var byId = new Dictionary<string, AnalysedDocument>(StringComparer.Ordinal);
        foreach (var document in documents)
            if (MayRead(clearance, document)) byId[document.Id] = document;
            else byId.Remove(document.Id);
        var ordered = byId.Values.ToArray();
        Array.Sort(ordered, static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        return ordered;
    }

    /// <summary>For each document its number in another snapshot, or -1 where that has not the very same.</summary>
    private int[] PlacesIn(SearchSnapshot before)
    {
        var places = new int[documents.Length];
        var at = 0;
        for (var number = 0; number < documents.Length; number++)
        {
            while (at < before.documents.Length && string.CompareOrdinal(before.documents[at].Id, documents[number].Id) < 0) at++;
            places[number] = at < before.documents.Length && ReferenceEquals(before.documents[at], documents[number]) ? at : -1;
        }

        return places;
    }

    /// <summary>The same for those that say the same in the same order: what they learned since moves no subject.</summary>
    private int[] Settled(int[] places, SearchSnapshot before)
    {
        var settled = (int[])places.Clone();
        for (var number = 0; number < settled.Length; number++)
            if (settled[number] < 0 && before.Find(documents[number].Id) is >= 0 and var place && orderOf[number].AsSpan().SequenceEqual(before.orderOf[place])) settled[number] = place;
        return settled;
    }

    private static bool MayRead(Clearance clearance, AnalysedDocument document) => clearance == Clearance.Contact
        ? document.Audience.HasFlag(Audience.Contacts) && document.MinimumTier <= 0
        : document.Audience != Audience.None && document.MinimumTier <= (int)clearance;
}
