using System.Buffers;

namespace TenantPortal.Domain.Search;

/// <summary>Scores every document of a snapshot against a plan: the best clause of each concept, added up.</summary>
internal sealed class Ranking : IDisposable
{
    private readonly SearchSnapshot snapshot;
    private readonly int count;
    private readonly float[] scores;
    private readonly float[] coverage;

    // only for concepts that can be met in several ways
    private float[] best = [];
    private float[] sum = [];
    private float[] trust = [];
    private int[] touched = [];
    private int[] touchedByClause = [];
    private int[] met = [];
    private int touchedCount;
    private int touchedByClauseCount;

    public Ranking(SearchSnapshot snapshot, QueryPlan plan)
    {
        this.snapshot = snapshot;
        count = snapshot.Count;
        scores = Rent<float>();
        coverage = Rent<float>();
        foreach (var concept in plan.Concepts)
        {
            CoverageOfAll += concept.Weight * concept.Idf;
            if (concept.IsRequired) Required++;
            if (concept.Clauses is [{ Sources: [{ Phrase: null }, ..] } only] && !concept.IsRequired && (only.Sources.Length == 1 || only.IsNested)) AddOnly(concept, only);
            else if (concept.Clauses.Length > 0) AddBest(concept);
        }

        foreach (var _ in plan.UnknownCodes) CoverageOfAll += snapshot.Index.RarestIdf;
    }

    public float CoverageOfAll { get; }

    private int Required { get; }

    public float Coverage(int document) => CoverageOfAll > 0 ? Math.Min(1, coverage[document] / CoverageOfAll) : 0;

    /// <summary>How well the query is met by words, as a share of all that it asks for: above 1 where its words stand in titles.</summary>
    public float Strength(int document) => CoverageOfAll > 0 ? Score(document) / CoverageOfAll : 0;

    /// <summary>Zero for documents that miss a required concept.</summary>
    public float Score(int document) => Required > 0 && (met.Length == 0 || met[document] < Required) ? 0 : scores[document] * Share(document);

    /// <summary>All scores; the best of them is returned.</summary>
    public float ScoresInto(Span<float> into)
    {
        if (Required == 0 && CoverageOfAll > 0) return Rows.Shared(scores.AsSpan(0, count), coverage.AsSpan(0, count), CoverageOfAll, Weights.Coverage, into);
        float most = 0;
        for (var document = 0; document < into.Length; document++) most = Math.Max(most, into[document] = Score(document));
        return most;
    }

    public float Share(int document) => 1 - Weights.Coverage + Weights.Coverage * Coverage(document);

    public void Dispose()
    {
        foreach (var rented in (ReadOnlySpan<float[]>)[scores, coverage, best, sum, trust])
            if (rented.Length > 0) ArrayPool<float>.Shared.Return(rented);
        foreach (var rented in (ReadOnlySpan<int[]>)[met, touched, touchedByClause])
            if (rented.Length > 0) ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>The usual case: a word by its stem, and within that by its own spelling.</summary>
    private void AddOnly(Concept concept, Clause clause)
    {
        var sources = clause.Sources;
        var cover = concept.Weight * concept.Idf * clause.Trust;
        var scored = scores.AsSpan(0, count);
        var covered = coverage.AsSpan(0, count);
        for (var part = 0; part < sources.Length; part++)
        {
            var weight = concept.Weight * sources[part].Weight;
            var documents = snapshot.Index.Documents(sources[part].Term);
            var impacts = snapshot.Index.Impacts(sources[part].Term)[..documents.Length];
            for (var i = 0; i < documents.Length; i++) scored[documents[i]] += impacts[i] * weight;
            if (part > 0) continue;
            foreach (var document in documents) covered[document] += cover;
        }
    }

    private void AddBest(Concept concept)
    {
        if (best.Length == 0) (best, sum, trust, touched, touchedByClause) = (Rent<float>(), Rent<float>(), Rent<float>(), Rent<int>(), Rent<int>());
        if (concept.IsRequired && met.Length == 0) met = Rent<int>();
        touchedCount = 0;
        foreach (var clause in concept.Clauses)
        {
            touchedByClauseCount = 0;
            var clauseTrust = clause.Trust;
            foreach (var source in clause.Sources)
                if (source.Phrase is { } phrase) Add(phrase.Documents, phrase.Scores, source.Weight);
                else Add(snapshot.Index.Documents(source.Term), snapshot.Index.Impacts(source.Term), source.Weight);
            foreach (var document in touchedByClause.AsSpan(0, touchedByClauseCount))
            {
                if (best[document] == 0) touched[touchedCount++] = document;
                if (sum[document] > best[document]) (best[document], trust[document]) = (sum[document], clauseTrust);
                sum[document] = 0;
            }
        }

        foreach (var document in touched.AsSpan(0, touchedCount))
        {
            scores[document] += concept.Weight * best[document];
            coverage[document] += concept.Weight * concept.Idf * trust[document];
            best[document] = 0;
            if (concept.IsRequired) met[document]++;
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
