using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>How to search; the defaults are those of a question sent off.</summary>
public sealed record SearchOptions
{
    public int Take { get; init; } = 10;

    public int Skip { get; init; }

    /// <summary>The last word is still being typed.</summary>
    public bool Prefix { get; init; }

    /// <summary>Off when a person asked for exactly their own spelling.</summary>
    public bool Repair { get; init; } = true;

    /// <summary>Only documents that apply here or anywhere.</summary>
    public AppliesTo Only { get; init; } = AppliesTo.Anything;

    /// <summary>Documents that apply here come first, the others stay.</summary>
    public AppliesTo Prefer { get; init; } = AppliesTo.Anything;

    internal Idea Without { get; init; }
}

/// <summary>Hits in order, and what a person should know about how they were found.</summary>
public sealed record SearchAnswer
{
    /// <summary>From here on the first hit is offered by itself; below it is one of a list. A wrong guide costs a person minutes and their trust in the next one.</summary>
    public const double LeastConfidence = 0.4;

    public static SearchAnswer Nothing { get; } = new();

    public IReadOnlyList<SearchHit> Hits { get; init; } = [];

    public int Total { get; init; }

    /// <summary>The query with its repaired words, or null where nothing was repaired.</summary>
    public string? Repaired { get; init; }

    public IReadOnlyList<Repair> Repairs { get; init; } = [];

    /// <summary>Codes of the query that no document has: "no guide for this code".</summary>
    public IReadOnlyList<string> UnknownCodes { get; init; } = [];

    /// <summary>A code or quoted phrase could not be held as a condition; the page says so.</summary>
    public bool IsRelaxed { get; init; }

    /// <summary>0 to 1: how probably the first hit is what was asked for, see <see cref="Trust"/>.</summary>
    public double Confidence { get; init; }

    /// <summary>The query was too long and its middle was not read.</summary>
    public bool IsTruncated { get; init; }
}

public sealed record Repair(string Typed, string Read);

public enum MatchKind { Word, Stem, Code, Name, Phrase, Synonym, Joined, Compound, WordFamily, Prefix, Repair, Neighbours, Letters, Topic }

/// <summary>One reason for a score: a word of the query, what it met, where, and what that gave.</summary>
public sealed record MatchReason(string Word, string Met, MatchKind Kind, SearchField? Field, double Score);

public sealed class SearchHit
{
    private readonly SearchSnapshot snapshot;
    private readonly QueryPlan plan;
    private readonly int document;
    private readonly float letters;
    private readonly float topic;

    internal SearchHit(SearchSnapshot snapshot, QueryPlan plan, Hit hit, double coverage, float letters, float topic) =>
        (this.snapshot, this.plan, document, Score, Coverage, this.letters, this.topic) = (snapshot, plan, hit.Document, hit.Score, coverage, letters, topic);

    public string Id => snapshot.Document(document).Id;

    public double Score { get; }

    /// <summary>0 to 1: the share of the query, by rarity, that the document covers.</summary>
    public double Coverage { get; }

    /// <summary>The reasons, strongest first; worked out when asked for. Before the share of coverage and applies-to they add up to the score.</summary>
    public IReadOnlyList<MatchReason> Explain() => Explanation.Of(snapshot, plan, document, letters, topic);
}

/// <summary>A stretch of text to show and the ranges in the whole text to mark; markup is the page's work.</summary>
public sealed record Passage(int Start, int Length, IReadOnlyList<TextRange> Marks);

[StructLayout(LayoutKind.Auto)]
public readonly record struct TextRange(int Start, int Length);
