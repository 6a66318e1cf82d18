using System.Globalization;

namespace TenantPortal.Bench.Retrieval;

/// <summary>hit@k, MRR@10 and nDCG@10 over queries, all in percent.</summary>
internal sealed class RetrievalScores
{
    private const int Resamples = 1000;
    private readonly List<double> gains = [];
    private double first, three, five, reciprocal;

    public double Gain => gains.Count == 0 ? 0 : 100 * gains.Average();

    public static RetrievalScores Of(RetrievalSet set, IReadOnlyDictionary<string, IReadOnlyList<string>> ranked, Func<QueryLine, bool> which)
    {
        var scores = new RetrievalScores();
        foreach (var query in set.Queries.Where(which)) scores.Add(ranked.GetValueOrDefault(query.Id, []), set.Relevant[query.Id].ToHashSet(StringComparer.Ordinal));
        return scores;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"queries {gains.Count}  hit@1/3/5 {Percent(first):f1} / {Percent(three):f1} / {Percent(five):f1}  MRR@10 {Percent(reciprocal):f1}  nDCG@10 {Gain:f1} {Interval(gains)}");

    /// <summary>How much better than another ranking of the same queries, with the share of resamples in which it is not (paired bootstrap).</summary>
    public string Over(RetrievalScores other)
    {
        var gained = gains.Zip(other.gains, (own, others) => own - others).ToList();
        var means = Means(gained);
        return string.Create(CultureInfo.InvariantCulture, $"nDCG@10 {100 * gained.Average():+0.0;-0.0} [{means[Resamples / 40]:+0.0;-0.0}, {means[^(Resamples / 40 + 1)]:+0.0;-0.0}]  p {means.Count(mean => mean <= 0) / (double)Resamples:f3}");
    }

    private void Add(IReadOnlyList<string> ranked, HashSet<string> relevant)
    {
        var at = ranked.TakeWhile(id => !relevant.Contains(id)).Count();
        if (at < ranked.Count)
        {
            if (at < 1) first++;
            if (at < 3) three++;
            if (at < 5) five++;
            if (at < 10) reciprocal += 1.0 / (at + 1);
        }

        var gain = ranked.Take(10).Select((id, place) => relevant.Contains(id) ? 1 / Math.Log2(place + 2) : 0).Sum();
        var ideal = Enumerable.Range(0, Math.Min(10, relevant.Count)).Sum(place => 1 / Math.Log2(place + 2));
        gains.Add(ideal > 0 ? gain / ideal : 0);
    }

    private static string Interval(List<double> values)
    {
        var means = Means(values);
        return string.Create(CultureInfo.InvariantCulture, $"[{means[Resamples / 40]:f1}, {means[^(Resamples / 40 + 1)]:f1}]");
    }

    /// <summary>Means of resamples in order, in percent; the seed is fixed.</summary>
    private static List<double> Means(List<double> values)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Resamples).Select(_ => values.Count == 0 ? 0 : 100 * Enumerable.Range(0, values.Count).Average(_ => values[random.Next(values.Count)])).Order()];
    }

    private double Percent(double sum) => gains.Count == 0 ? 0 : 100 * sum / gains.Count;
}
