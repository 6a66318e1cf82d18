using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>Something to look for with a precomputed score in each document that has it: a term of the vocabulary, or a phrase found for this query.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Source(int Term, float Weight, string Text, MatchKind Kind, PhraseMatches? Phrase = null);

/// <summary>One way to meet a concept; its sources add up.</summary>
/// <param name="IsNested">Every document of a later source has the first one too.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Clause(Source[] Sources, bool IsNested = false)
{
    /// <summary>How surely who meets it has what the word says: a guess at the word is not the word.</summary>
    public float Trust => Sources is [{ Kind: MatchKind.Repair or MatchKind.Compound or MatchKind.WordFamily or MatchKind.Prefix }, ..] ? Math.Min(1, Sources.Sum(source => source.Weight)) : 1;
}

/// <summary>One thing that the query speaks of; a document scores by its best clause.</summary>
internal sealed class Concept(string text, float weight, float idf, Clause[] clauses)
{
    public string Text { get; } = text;

    public float Weight { get; set; } = weight;

    /// <summary>Rarity of the concept: its share in coverage.</summary>
    public float Idf { get; } = idf;

    /// <summary>Shared by the concepts of a word that is said again: replaced, never changed.</summary>
    public Clause[] Clauses { get; set; } = clauses;

    /// <summary>A function word or a courtesy among words that say something.</summary>
    public bool IsEveryday { get; set; }

    /// <summary>Only documents that meet it are hits.</summary>
    public bool IsRequired { get; set; }
}

/// <summary>Two content words that follow each other in the query, as terms of their stems.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Pair(int First, int Second, float Worth, string FirstWord, string SecondWord)
{
    public string Text => FirstWord + " " + SecondWord;
}

internal sealed class QueryPlan
{
    public List<Concept> Concepts { get; } = [];

    public List<Pair> Pairs { get; } = [];

    /// <summary>The words of the query in order, without their other readings.</summary>
    public List<Token> Words { get; init; } = [];

    /// <summary>The words as this snapshot reads them.</summary>
    public List<WordReading> Readings { get; init; } = [];

    public List<Repair> Repairs { get; } = [];

    public List<string> UnknownCodes { get; } = [];

    public bool IsRelaxed { get; set; }

    /// <summary>Nothing can match: the query is only codes that nobody has, or a quoted phrase that stands nowhere.</summary>
    public bool IsHopeless { get; set; }

    public bool IsTruncated { get; set; }

    /// <summary>Ways of scoring that are left out, to measure what each is worth.</summary>
    public Idea Without { get; init; }

    /// <summary>How many of its concepts are no everyday words.</summary>
    public int ContentConcepts { get; set; }
}

/// <summary>Documents that contain a phrase, with what it is worth in each.</summary>
internal sealed record PhraseMatches(int[] Documents, float[] Scores, float Idf);
