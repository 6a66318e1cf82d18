namespace TenantPortal.Domain.Search;

/// <summary>All constants of ranking. Chosen once on public support articles and runbooks; change one only with a measured reason.</summary>
internal static class Weights
{
    /// <summary>BM25 saturation of the whole document: above the usual 1.2, because in long guides repetition tells the subject from a mention.</summary>
    public const float Saturation = 2.2f;

    /// <summary>Length normalisation: the usual value; both more and less lost on one of the collections.</summary>
    public const float LengthNormalisation = 0.75f;

    /// <summary>What a word in each field counts in the whole; codes are few and deliberate, learned words are hearsay.</summary>
    public static readonly float[] InWhole = [1.5f, 1.3f, 1.5f, 1f, 1f, 0.5f];

    /// <summary>Added on top for the fields that state the problem: added rather than folded in, so that a long body cannot saturate them away.</summary>
    public static readonly float[] OnTop = [0.8f, 0.5f, 0.8f, 0f, 0f, 0f];

    /// <summary>Titles and symptoms vary little in length, and a longer one is more precise as often as less.</summary>
    public const float LengthOnTop = 0.4f;

    /// <summary>A title rarely repeats a word, and a symptom that does is not more to the point.</summary>
    public const float SaturationOnTop = 1.2f;

    /// <summary>The word in its own spelling beside its stem: enough to put the exact form first.</summary>
    public const float OwnSpelling = 0.3f;

    /// <summary>Function words: some order among equals, no say against a content word.</summary>
    public const float StopWord = 0.1f;

    /// <summary>Words around the problem: below function words, above nothing, so that they still order a greeting card.</summary>
    public const float CourtesyWord = 0.02f;

    /// <summary>A code looked up says exactly which fault it is; among many words of a text a number may be a date or an order; the words of a code in order say it less surely.</summary>
    public const float Code = 2f;
    public const float CodeInText = 1f;
    public const float CodeInWords = 0.4f;

    /// <summary>So many quoted phrases of one text are looked for: a person quotes one or two, a log may quote a thousand.</summary>
    public const int MostPhrases = 8;

    /// <summary>A host or path as a whole, beside its parts, which are scored as words already.</summary>
    public const float Name = 0.2f;

    /// <summary>Another word for it, just below the person's own; a joined spelling is nearly the same word.</summary>
    public const float Synonym = 0.9f;
    public const float Joined = 0.95f;

    /// <summary>Parts of compounds and kindred stems: last resort, since English has false friends (count, account).</summary>
    public const float Compound = 0.25f;
    public const float WordFamily = 0.25f;

    /// <summary>What is being typed may become another word.</summary>
    public const float Prefix = 0.7f;

    /// <summary>A repaired word is a guess; each further edit halves the trust in it.</summary>
    public const float Repair = 0.8f;

    /// <summary>Two neighbouring words of the query that are neighbours in the document, as a share of the rarer one.</summary>
    public const float Neighbours = 0.25f;

    /// <summary>Order of words is looked up in so many hits: five pages of ten.</summary>
    public const int Reranked = 50;

    /// <summary>Letters in common, as a share of the best score by words, for a query that says much; half of it at ten concepts: three words are met or not met,
    /// in a mail of fifty a third is spelled otherwise.</summary>
    public const float Letters = 0.5f;
    public const float LettersHalf = 10;

    /// <summary>A stretch of letters in more than a tenth of the documents is an ending or a common word, which tells nothing that words do not; where there are few documents, eight may have it.</summary>
    public const float EverydayGram = 0.1f;
    public const float FewDocuments = 8;

    /// <summary>In a very large library even a tenth of it is more than a stretch of letters is worth reading for.</summary>
    public const float ManyDocuments = 8192;

    /// <summary>Speaking of the same, as a share of the best score by words, for a single word; half of it at six concepts, since a long query says itself what it is about.</summary>
    public const float Latent = 0.4f;
    public const float LatentHalf = 6;

    /// <summary>Documents below this share of the best say too little of the query to be asked what it is about.</summary>
    public const float LatentFloor = 0.2f;

    /// <summary>As good as 150 on a thousand documents and half the memory; a multiple of eight.</summary>
    public const int LatentDimensions = 96;

    /// <summary>With fewer documents to a direction each would only say itself.</summary>
    public const int DocumentsPerDimension = 3;

    /// <summary>So many documents are trained in a few milliseconds, with the publish itself.</summary>
    public const int TrainedAtOnce = 128;

    /// <summary>A query's concepts are weighted by a power of their rarity that grows with their number, half of it at ten: in a long text the rare words decide.</summary>
    public const float Damping = 0.5f;
    public const float DampingHalf = 10;

    /// <summary>From so many concepts on everyday words order nothing any more and cost most of the time.</summary>
    public const int ManyConcepts = 8;

    /// <summary>How much of a score depends on the share of the query that the document covers: the soft minimum match.</summary>
    public const float Coverage = 0.1f;

    /// <summary>Hits below this share of the best are noise from everyday words; it keeps totals honest.</summary>
    public const float Cut = 0.12f;

    /// <summary>A query of at most so many words is a look-up: codes in it are required.</summary>
    public const int LookUpWords = 6;

    /// <summary>A guide that names the person's system wins among equals without outranking a better match.</summary>
    public const float MatchingAppliesTo = 1.15f;
}
