using System.Globalization;

namespace TenantPortal.Bench.Retrieval;

/// <summary>hit@k, MRR@10 and nDCG@10 over queries, all in percent.</summary>
internal sealed class RetrievalScores
{
    private readonly List<double> gains = [];
    private double first, three, five, reciprocal;

    public double Gain => gains.Count == 0 ? 0 : 100 * gains.Average();

    public void Add(IReadOnlyList<string> ranked, IReadOnlyCollection<string> relevant)
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"queries {gains.Count}  hit@1/3/5 {Percent(first):f1} / {Percent(three):f1} / {Percent(five):f1}  MRR@10 {Percent(reciprocal):f1}  nDCG@10 {Gain:f1} {Interval()}");

    /// <summary>95 % bootstrap interval of nDCG@10 from 1,000 resamples with a fixed seed.</summary>
    private string Interval()
    {
        var random = new Random(1);
        var means = Enumerable.Range(0, 1000).Select(_ => 100 * Enumerable.Range(0, gains.Count).Average(_ => gains[random.Next(gains.Count)])).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"[{means[25]:f1}, {means[974]:f1}]");
    }

    private double Percent(double sum) => gains.Count == 0 ? 0 : 100 * sum / gains.Count;
}
