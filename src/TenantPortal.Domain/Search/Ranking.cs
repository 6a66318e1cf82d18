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
    private readonly List<int> touched = [];
    private readonly List<int> touchedByClause = [];

    public Ranking(SearchSnapshot snapshot, QueryPlan plan)
    {
        this.snapshot = snapshot;
        count = snapshot.Count;
        scores = Rent<float>();
        coverage = Rent<float>();
        best = Rent<float>();
        sum = Rent<float>();
        required = Rent<int>();
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
        ArrayPool<int>.Shared.Return(required);
    }

    private void Add(Concept concept)
    {
        touched.Clear();
        foreach (var clause in concept.Clauses)
        {
            touchedByClause.Clear();
            foreach (var source in clause.Sources)
                if (source.Phrase is { } phrase)
                    for (var i = 0; i < phrase.Documents.Count; i++) Add(phrase.Documents[i], phrase.Scores[i] * source.Weight);
                else
                {
                    var documents = snapshot.Index.Documents(source.Term);
                    var impacts = snapshot.Index.Impacts(source.Term);
                    for (var i = 0; i < documents.Length; i++) Add(documents[i], impacts[i] * source.Weight);
                }

            foreach (var document in touchedByClause)
            {
                if (best[document] == 0) touched.Add(document);
                best[document] = Math.Max(best[document], sum[document]);
                sum[document] = 0;
            }
        }

        foreach (var document in touched)
        {
            scores[document] += concept.Weight * best[document];
            coverage[document] += concept.Weight * concept.Idf;
            best[document] = 0;
            if (concept.IsRequired) required[document]++;
        }
    }

    private void Add(int document, float score)
    {
        if (sum[document] == 0) touchedByClause.Add(document);
        sum[document] += score;
    }

    private T[] Rent<T>()
    {
        var rented = ArrayPool<T>.Shared.Rent(Math.Max(1, count));
        Array.Clear(rented, 0, count);
        return rented;
    }
}
