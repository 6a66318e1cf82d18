using System.Buffers;

namespace TenantPortal.Domain.Search;

/// <summary>What a document gets beyond its own words: for letters in common and for speaking of the same; both as shares of the best score by words.</summary>
internal sealed class Mixture : IDisposable
{
    private readonly float[] words;
    private readonly float[] letters;
    private readonly float[] likeness;
    private readonly int[] near;
    private readonly int count;
    private int nearCount;
    private float letterFactor;
    private float likenessFactor;

    public Mixture(SearchSnapshot snapshot, QueryPlan plan, Ranking ranking)
    {
        count = snapshot.Count;
        words = ArrayPool<float>.Shared.Rent(count);
        letters = ArrayPool<float>.Shared.Rent(count);
        likeness = ArrayPool<float>.Shared.Rent(count);
        near = ArrayPool<int>.Shared.Rent(count);
        Best = ranking.ScoresInto(words.AsSpan(0, count));
        if (Best <= 0) return;
        if (!plan.Without.HasFlag(Idea.LetterGrams)) AddLetters(snapshot, plan);
        if (!plan.Without.HasFlag(Idea.LatentSpace) && snapshot.Latent is { } space) AddLikeness(space, plan);
    }

    /// <summary>The best score by words alone.</summary>
    public float Best { get; }

    public float Letters(int document) => letterFactor > 0 && words[document] > 0 ? letters[document] * letterFactor : 0;

    public float Likeness(int document)
    {
        if (likenessFactor <= 0) return 0;
        var at = near.AsSpan(0, nearCount).BinarySearch(document);
        return at < 0 ? 0 : likeness[at] * likenessFactor;
    }

    /// <summary>All scores in the order of documents; a document that has none of the query's words has none.</summary>
    public Span<float> All()
    {
        if (letterFactor > 0) Rows.AddWhereAny(words.AsSpan(0, count), letters.AsSpan(0, count), letterFactor);
        if (likenessFactor > 0)
            for (var i = 0; i < nearCount; i++) words[near[i]] += likeness[i] * likenessFactor;
        return words.AsSpan(0, count);
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(words);
        ArrayPool<float>.Shared.Return(letters);
        ArrayPool<float>.Shared.Return(likeness);
        ArrayPool<int>.Shared.Return(near);
    }

    private void AddLetters(SearchSnapshot snapshot, QueryPlan plan)
    {
        var grams = snapshot.Letters;
        var sums = letters.AsSpan(0, count);
        sums.Clear();
        var seen = ArrayPool<bool>.Shared.Rent(grams.Count);
        Array.Clear(seen, 0, grams.Count);
        foreach (var reading in plan.Readings)
        {
            if (reading.Weight < 1) continue;
            foreach (var gram in reading.Grams)
            {
                if (seen[gram]) continue;
                seen[gram] = true;
                grams.AddTo(sums, gram);
            }
        }

        ArrayPool<bool>.Shared.Return(seen);
        var most = Rows.ScaleAndBestWhereAny(sums, grams.ShareOf, words.AsSpan(0, count));
        letterFactor = most > 0 ? Best / most * Weights.Letters * plan.ContentConcepts / (plan.ContentConcepts + Weights.LettersHalf) : 0;
    }

    private void AddLikeness(LatentSpace space, QueryPlan plan)
    {
        var floor = Best * Weights.LatentFloor;
        for (var document = 0; document < count; document++)
            if (words[document] >= floor) near[nearCount++] = document;
        space.Project(near.AsSpan(0, nearCount), words, likeness);
        float most = 0;
        foreach (var one in likeness.AsSpan(0, nearCount)) most = Math.Max(most, one);
        likenessFactor = most > 0 ? Best / most * Weights.Latent * Weights.LatentHalf / (plan.ContentConcepts + Weights.LatentHalf) : 0;
    }
}
