using System.Runtime.InteropServices;

namespace TenantPortal.Domain.Search;

/// <summary>A document and its score; better first, then by document, so that equal scores keep one order.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Hit(int Document, float Score)
{
    public int Compare(Hit other) => Score == other.Score ? Document.CompareTo(other.Document) : other.Score.CompareTo(Score);
}

/// <summary>Keeps the best so many of any number of hits; a hit is one number, so that sorting compares numbers.</summary>
internal sealed class TopHits(int most, int candidates)
{
    private readonly List<ulong> kept = new(Math.Min(2 * most, candidates));
    private ulong last = ulong.MaxValue;

    /// <param name="score">Above zero: the bits of such numbers are in the order of the numbers.</param>
    public void Add(int document, float score)
    {
        var key = (ulong)~BitConverter.SingleToUInt32Bits(score) << 32 | (uint)document;
        if (key > last) return;
        kept.Add(key);
        // cut back to the best half whenever twice as many have come
        if (kept.Count == 2 * most) Cut();
    }

    public List<Hit> Ordered()
    {
        Cut();
        return kept.ConvertAll(static key => new Hit((int)(uint)key, BitConverter.UInt32BitsToSingle(~(uint)(key >> 32))));
    }

    private void Cut()
    {
        CollectionsMarshal.AsSpan(kept).Sort();
        if (kept.Count < most) return;
        kept.RemoveRange(most, kept.Count - most);
        last = kept[^1];
    }
}
