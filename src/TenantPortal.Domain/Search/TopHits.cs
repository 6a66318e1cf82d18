using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>A document and its score; better first, then by document, so that equal scores keep one order.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Hit(int Document, float Score)
{
    public int Compare(Hit other) => Score == other.Score ? Document.CompareTo(other.Document) : other.Score.CompareTo(Score);
}

/// <summary>Keeps the best so many of any number of hits.</summary>
internal sealed class TopHits(int most)
{
    private readonly PriorityQueue<Hit, Hit> worstFirst = new(Comparer<Hit>.Create(static (left, right) => right.Compare(left)));
    private readonly List<float> scores = [];

    public void Add(int document, float score)
    {
        var hit = new Hit(document, score);
        scores.Add(score);
        if (worstFirst.Count < most) worstFirst.Enqueue(hit, hit);
        else if (hit.Compare(worstFirst.Peek()) < 0) worstFirst.DequeueEnqueue(hit, hit);
    }

    public List<Hit> Ordered()
    {
        var ordered = worstFirst.UnorderedItems.Select(item => item.Element).ToList();
        ordered.Sort(static (left, right) => left.Compare(right));
        return ordered;
    }

    public int CountFrom(float floor) => scores.Count(score => score >= floor);
}
