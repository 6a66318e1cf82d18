using System.Buffers;

namespace TenantPortal.Domain.Search;

/// <summary>Scores every document of a snapshot against a plan: the best clause of each concept, added up.</summary>
internal sealed class Ranking : IDisposable
{
    private readonly SearchSnapshot snapshot;
    private readonly int count;
    private readonly float[] scores;
    private readonly float[] coverage;
    private readonly float[] best;
    private readonly float[] sum;
    private readonly int[] required;
    private readonly int[] touched;
    private readonly int[] touchedByClause;
    private int touchedCount;
    private int touchedByClauseCount;

    public Ranking(SearchSnapshot snapshot, QueryPlan plan)
    {
        this.snapshot = snapshot;
        count = snapshot.Count;
        scores = Rent<float>();
        coverage = Rent<float>();
        best = Rent<float>();
        sum = Rent<float>();
        required = Rent<int>();
        touched = Rent<int>();
        touchedByClause = Rent<int>();
        foreach (var concept in plan.Concepts) Add(concept);
        foreach (var concept in plan.Concepts)
        {
            CoverageOfAll += concept.Weight * concept.Idf;
            if (concept.IsRequired) Required++;
        }

        foreach (var _ in plan.UnknownCodes) CoverageOfAll += snapshot.Index.RarestIdf;
    }

    public float CoverageOfAll { get; }

    private int Required { get; }

    public float Coverage(int document) => CoverageOfAll > 0 ? Math.Min(1, coverage[document] / CoverageOfAll) : 0;

    /// <summary>Zero for documents that miss a required concept.</summary>
    public float Score(int document) => required[document] < Required ? 0 : scores[document] * Share(document);

    public float Share(int document) => 1 - Weights.Coverage + Weights.Coverage * Coverage(document);

    public void Dispose()
    {
        foreach (var rented in (ReadOnlySpan<float[]>)[scores, coverage, best, sum]) ArrayPool<float>.Shared.Return(rented);
        foreach (var rented in (ReadOnlySpan<int[]>)[required, touched, touchedByClause]) ArrayPool<int>.Shared.Return(rented);
    }

    private void Add(Concept concept)
    {
        touchedCount = 0;
        foreach (var clause in concept.Clauses)
        {
            touchedByClauseCount = 0;
            foreach (var source in clause.Sources)
                if (source.Phrase is { } phrase) Add(phrase.Documents, phrase.Scores, source.Weight);
                else Add(snapshot.Index.Documents(source.Term), snapshot.Index.Impacts(source.Term), source.Weight);
            foreach (var document in touchedByClause.AsSpan(0, touchedByClauseCount))
            {
                if (best[document] == 0) touched[touchedCount++] = document;
                best[document] = Math.Max(best[document], sum[document]);
                sum[document] = 0;
            }
        }

        foreach (var document in touched.AsSpan(0, touchedCount))
        {
            scores[document] += concept.Weight * best[document];
            coverage[document] += concept.Weight * concept.Idf;
            best[document] = 0;
            if (concept.IsRequired) required[document]++;
        }
    }

    private void Add(ReadOnlySpan<int> documents, ReadOnlySpan<float> impacts, float weight)
    {
        for (var i = 0; i < documents.Length; i++)
        {
            var document = documents[i];
            if (sum[document] == 0) touchedByClause[touchedByClauseCount++] = document;
            sum[document] += impacts[i] * weight;
        }
    }

    private T[] Rent<T>()
    {
        var rented = ArrayPool<T>.Shared.Rent(Math.Max(1, count));
        Array.Clear(rented, 0, count);
        return rented;
    }
}
