using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>A document and its score; better first, then by document, so that equal scores keep one order.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Hit(int Document, float Score)
{
    public int Compare(Hit other) => Score == other.Score ? Document.CompareTo(other.Document) : other.Score.CompareTo(Score);
}

/// <summary>Keeps the best so many of any number of hits.</summary>
internal sealed class TopHits(int most, int candidates)
{
    private static readonly Comparer<Hit> WorstFirst = Comparer<Hit>.Create(static (left, right) => right.Compare(left));
    private readonly PriorityQueue<Hit, Hit> worstFirst = new(Math.Min(most, candidates), WorstFirst);
    private readonly List<float> scores = new(candidates);

    public void Add(int document, float score)
    {
        var hit = new Hit(document, score);
        scores.Add(score);
        if (worstFirst.Count < most) worstFirst.Enqueue(hit, hit);
        else if (hit.Compare(worstFirst.Peek()) < 0) worstFirst.DequeueEnqueue(hit, hit);
    }

    public List<Hit> Ordered()
    {
        var ordered = new List<Hit>(worstFirst.Count);
        foreach (var (hit, _) in worstFirst.UnorderedItems) ordered.Add(hit);
        ordered.Sort(static (left, right) => left.Compare(right));
        return ordered;
    }

    public int CountFrom(float floor) => scores.Count(score => score >= floor);
}
