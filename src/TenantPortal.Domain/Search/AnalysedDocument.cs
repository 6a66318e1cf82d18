namespace TenantPortal.Domain.Search;

/// <summary>What analysis found in one document: its distinct terms with their frequency in each field, and the order of its words.</summary>
public sealed class AnalysedDocument
{
    internal const int Fields = 6;

    // the order of words is kept as 16-bit places among its terms; a document with more distinct terms is a data file
    internal const int MostTerms = ushort.MaxValue - 1;
    internal const ushort Gap = ushort.MaxValue;
    private readonly List<string> texts;
    private readonly int[] keys;

    private AnalysedDocument(SearchDocument source, WordForms forms, TermCounts counts)
    {
        (Id, Audience, MinimumTier, AppliesTo) = (source.Id, source.Audience, source.MinimumTier, source.AppliesTo);
        (texts, keys, Frequencies, Order, Lengths) = (forms.Texts, [.. counts.Keys], [.. counts.Frequencies], [.. counts.Order], counts.Lengths);
    }

    internal AnalysedDocument(string id, Audience audience, int minimumTier, AppliesTo appliesTo, List<string> texts, int[] keys, ulong[] frequencies, ushort[] order, int[] lengths)
    {
        (Id, Audience, MinimumTier, AppliesTo) = (id, audience, minimumTier, appliesTo);
        (this.texts, this.keys, Frequencies, Order, Lengths) = (texts, keys, frequencies, order, lengths);
    }

    public string Id { get; }

    public Audience Audience { get; }

    public int MinimumTier { get; }

    public AppliesTo AppliesTo { get; }

    /// <summary>The texts that its terms are places in, shared with documents that were analysed in the same row.</summary>
    internal List<string> Texts => texts;

    /// <summary>Its distinct terms as places in <see cref="Texts"/>.</summary>
    internal ReadOnlySpan<int> Keys => keys;

    /// <summary>Frequencies of each term, one byte per field.</summary>
    internal ulong[] Frequencies { get; }

    internal int[] Lengths { get; }

    /// <summary>Stems in the order of the text as places among its terms, fields parted by gaps.</summary>
    internal ushort[] Order { get; }

    internal int[] OrderIn(int[] terms) => Array.ConvertAll(Order, place => place == Gap ? -1 : terms[place]);

    /// <param name="document">What to analyse.</param>
    /// <param name="forms">Shared by documents of one client that are analysed in a row.</param>
    public static AnalysedDocument Of(SearchDocument document, WordForms? forms = null)
    {
        forms ??= new WordForms();
        var counts = forms.Counts;
        counts.Begin();
        Read(document.Title, SearchField.Title);
        foreach (var symptom in document.Symptoms) Read(symptom, SearchField.Symptoms);
        foreach (var code in document.ErrorCodes) Read(code, SearchField.Codes);
        foreach (var step in document.Steps) Read(step, SearchField.Steps);
        Read(document.Body, SearchField.Body);
        Read(document.Learned, SearchField.Learned);
        return new AnalysedDocument(document, forms, counts);

        void Read(string text, SearchField field)
        {
            foreach (ref readonly var token in Analyzer.Read(text, forms))
            {
                if (!token.IsOverlay) counts.Lengths[(int)field]++;
                if (token.IsIdentifier) counts.Add(forms.Number(Term.Identifier(token.Text)), field);
                if (!token.IsWord) continue;
                var (word, root) = forms.Numbers(token);
                counts.Add(word, field);
                var stem = counts.Add(root, field);
                // learned words are scattered words of many people: their order says nothing
                if (!token.IsOverlay && stem >= 0 && field != SearchField.Learned) counts.Order.Add((ushort)stem);
            }

            counts.Order.Add(Gap);
        }
    }
}

/// <summary>Counts of six fields in one number, a byte each.</summary>
internal static class Packed
{
    public static ulong One(SearchField field) => 1UL << ((int)field * 8);

    public static bool IsShown(ulong counts) => (counts & ~((ulong)byte.MaxValue << ((int)SearchField.Learned * 8))) != 0;

    public static int Of(ulong counts, SearchField field) => (byte)(counts >> ((int)field * 8));
}

/// <summary>Keys of the vocabulary: a word as it is, stems and identifiers with a sign that no word can start with.</summary>
internal static class Term
{
    public const char StemSign = '~';
    public const char IdentifierSign = '#';

    public static string Stem(string stem) => StemSign + stem;

    public static string Identifier(string identifier) => IdentifierSign + identifier;

    public static bool IsWord(string term) => term.Length > 0 && term[0] is not (StemSign or IdentifierSign);
}
