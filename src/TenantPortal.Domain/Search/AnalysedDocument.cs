using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>What analysis found in one document: its distinct terms with their frequency in each field, and the order of its words.</summary>
public sealed class AnalysedDocument
{
    internal const int Fields = 6;

    // the order of words is kept as 16-bit numbers of terms; a document with more distinct terms is a data file
    private const int MostTerms = ushort.MaxValue - 1;
    internal const ushort Gap = ushort.MaxValue;

    // a word of seven letters with its blank, half of them new, gives itself and its stem
    private const int LettersPerTerm = 8;

    private AnalysedDocument(SearchDocument source) : this(source.Id, source.Audience, source.MinimumTier, source.AppliesTo)
    {
    }

    private AnalysedDocument(string id, Audience audience, int minimumTier, AppliesTo appliesTo) =>
        (Id, Audience, MinimumTier, AppliesTo) = (id, audience, minimumTier, appliesTo);

    public string Id { get; }

    public Audience Audience { get; }

    public int MinimumTier { get; }

    public AppliesTo AppliesTo { get; }

    /// <summary>Terms with their kind as first character, see <see cref="Term"/>.</summary>
    internal string[] Terms { get; private init; } = [];

    /// <summary>Frequencies of each term, one byte per field.</summary>
    internal ulong[] Frequencies { get; private init; } = [];

    internal int[] Lengths { get; private init; } = [];

    /// <summary>Stems in the order of the text, fields parted by gaps.</summary>
    internal ushort[] Order { get; private init; } = [];

    /// <param name="document">What to analyse.</param>
    /// <param name="forms">Shared by documents of one client that are analysed in a row.</param>
    public static AnalysedDocument Of(SearchDocument document, WordForms? forms = null)
    {
        forms ??= new WordForms();
        var expected = Math.Min(document.Body.Length, Analyzer.EndLength) / LettersPerTerm + 64;
        var terms = new Dictionary<string, int>(expected, StringComparer.Ordinal);
        var frequencies = new List<ulong>(expected);
        var order = new List<ushort>(expected);
        var lengths = new int[Fields];
        Read(document.Title, SearchField.Title);
        foreach (var symptom in document.Symptoms) Read(symptom, SearchField.Symptoms);
        foreach (var code in document.ErrorCodes) Read(code, SearchField.Codes);
        foreach (var step in document.Steps) Read(step, SearchField.Steps);
        Read(document.Body, SearchField.Body);
        Read(document.Learned, SearchField.Learned);
        return new AnalysedDocument(document) { Terms = [.. terms.Keys], Frequencies = [.. frequencies], Lengths = lengths, Order = [.. order] };

        void Read(string text, SearchField field)
        {
            foreach (var token in Analyzer.Analyse(text, forms).Tokens)
            {
                if (!token.IsOverlay) lengths[(int)field]++;
                if (token.IsIdentifier) Count(Term.Identifier(token.Text), field);
                if (!token.IsWord) continue;
                Count(token.Text, field);
                var stem = Count(forms.StemTerm(token.Stem), field);
                // learned words are scattered words of many people: their order says nothing
                if (!token.IsOverlay && stem >= 0 && field != SearchField.Learned) order.Add((ushort)stem);
            }

            order.Add(Gap);
        }

        int Count(string term, SearchField field)
        {
            if (terms.Count >= MostTerms && !terms.ContainsKey(term)) return -1;
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, term, out var known);
            if (!known)
            {
                number = frequencies.Count;
                frequencies.Add(0);
            }

            var counts = frequencies[number];
            if (Packed.Of(counts, field) < byte.MaxValue) frequencies[number] = counts + Packed.One(field);
            return number;
        }
    }
}

/// <summary>Counts of six fields in one number, a byte each.</summary>
internal static class Packed
{
    public static ulong One(SearchField field) => 1UL << ((int)field * 8);

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
