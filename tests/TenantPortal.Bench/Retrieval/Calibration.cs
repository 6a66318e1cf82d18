using System.Globalization;
using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>How often the first hit is right where the engine is so or so sure of it, and what is still offered when the library has no answer.</summary>
internal static class Calibration
{
    public static void Print(RetrievalSet set, RetrievalIndex index)
    {
        var trust = set.Queries.Select(query => (index.Find(query, new SearchOptions()), Relevant: set.Relevant[query.Id]))
            .Select(pair => (pair.Item1.Confidence, IsRight: pair.Item1.Hits is [{ Id: var first }, ..] && pair.Relevant.Contains(first, StringComparer.Ordinal))).ToList();
        var unanswered = set.Queries.Where(query => !query.IsSeen).Select(query => index.Without(query, set.Relevant[query.Id]).Confidence).ToList();
        foreach (var bin in trust.GroupBy(pair => Math.Min(9, (int)(pair.Confidence * 10))).OrderBy(bin => bin.Key))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"confidence {bin.Key / 10.0:f1}  mean {bin.Average(pair => pair.Confidence):f2}  right {100.0 * bin.Count(pair => pair.IsRight) / bin.Count():f0} % of {bin.Count()}"));
        foreach (var least in (ReadOnlySpan<double>)[0.2, 0.3, SearchAnswer.LeastConfidence, 0.5, 0.6, 0.7])
        {
            var offered = trust.Where(pair => pair.Confidence >= least).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"offered from {least:f1}{(least == SearchAnswer.LeastConfidence ? " (default)" : "")}  {100.0 * offered.Count / trust.Count:f0} % of queries  right {100.0 * offered.Count(pair => pair.IsRight) / Math.Max(1, offered.Count):f0} %  without the answer {100.0 * unanswered.Count(one => one >= least) / Math.Max(1, unanswered.Count):f0} %"));
        }
    }
}
