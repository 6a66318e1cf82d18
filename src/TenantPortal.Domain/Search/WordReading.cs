namespace TenantPortal.Domain.Search;

/// <summary>What the vocabulary of one snapshot makes of one word, whichever query says it; shared by searches at the same time.</summary>
internal sealed class WordReading(string stem, float weight, int stemTerm, float idf, Clause[] clauses, bool mayBeMistyped, int[] grams)
{
    public string Stem { get; } = stem;

    public float Weight { get; } = weight;

    /// <summary>The term of its stem, or -1.</summary>
    public int StemTerm { get; } = stemTerm;

    public float Idf { get; } = idf;

    public Clause[] Clauses { get; } = clauses;

    /// <summary>No document has the word, in no form: the only reason to take it for another.</summary>
    public bool MayBeMistyped { get; } = mayBeMistyped;

    /// <summary>Its stretches of four letters that some documents have.</summary>
    public int[] Grams { get; } = grams;

    /// <summary>Null until somebody asked what the word was meant to be; the answer is the same for everyone.</summary>
    public WordRepair? Repair { get; set; }
}

/// <summary>The words that a mistyped one may have been meant to be; <paramref name="Repair"/> is null where none is near.</summary>
internal sealed record WordRepair(Clause[] Clauses, Repair? Repair);
