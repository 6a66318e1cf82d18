using System.Diagnostics;
using System.Globalization;
using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>Measures how well and how fast the index finds judged documents.</summary>
internal static class RetrievalCommand
{
    private const int Depth = 100;

    public static int Run(string[] args)
    {
        var judgments = Array.IndexOf(args, "--qrels");
        if (args.Length < 4 || judgments < 2 || judgments + 1 >= args.Length)
        {
            Console.Error.WriteLine("bench retrieval CORPUS.jsonl QUERIES.jsonl --qrels QRELS.tsv [--scoped]");
            return 2;
        }

        var set = RetrievalSet.Read(args[0], args[1], args[judgments + 1]);
        var snapshots = Index(set, args.Contains("--scoped", StringComparer.Ordinal));
        Measure(set, snapshots, args.Contains("--scoped", StringComparer.Ordinal));
        return 0;
    }

    private static Dictionary<string, SearchSnapshot> Index(RetrievalSet set, bool scoped)
    {
        var start = Stopwatch.GetTimestamp();
        var analysed = set.Documents.Select(line => (Tenant: scoped ? line.Tenant ?? "" : "", Document: AnalysedDocument.Of(new SearchDocument { Id = line.Id, Title = line.Title, Body = line.Text }))).ToList();
        var analysis = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var snapshots = analysed.GroupBy(pair => pair.Tenant, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => SearchSnapshot.Build(Clearance.Contact, group.Select(pair => pair.Document), Synonyms.None, 1), StringComparer.Ordinal);
        Print($"documents {analysed.Count}  analysed {analysed.Count / analysis.TotalSeconds:f0}/s  built {analysed.Count / Stopwatch.GetElapsedTime(start).TotalSeconds:f0}/s");
        return snapshots;
    }

    private static void Measure(RetrievalSet set, Dictionary<string, SearchSnapshot> snapshots, bool scoped)
    {
        // the first pass compiles and fills what is made on first use
        foreach (var query in set.Queries.Take(200)) Find(query);
        var (seen, unseen, all) = (new RetrievalScores(), new RetrievalScores(), new RetrievalScores());
        var times = new List<double>();
        var trust = new List<(double Confidence, bool IsRight)>();
        foreach (var query in set.Queries)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = Find(query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            var ranked = answer.Hits.Select(hit => hit.Id).Where(id => query.Exclude?.Contains(id, StringComparer.Ordinal) != true).ToList();
            var relevant = set.Relevant[query.Id].ToHashSet(StringComparer.Ordinal);
            all.Add(ranked, relevant);
            (IsSeen(query.Id) ? seen : unseen).Add(ranked, relevant);
            trust.Add((answer.Confidence, ranked.Count > 0 && relevant.Contains(ranked[0])));
        }

        times.Sort();
        Print($"all     {all}");
        Print($"seen    {seen}");
        Print($"unseen  {unseen}");
        Print($"ms p50 {times[times.Count / 2]:f2}  p95 {times[times.Count * 95 / 100]:f2}  p99 {times[times.Count * 99 / 100]:f2}");
        foreach (var bin in trust.GroupBy(pair => Math.Min(9, (int)(pair.Confidence * 10))).OrderBy(bin => bin.Key))
            Print($"confidence {bin.Key / 10.0:f1}  right {100.0 * bin.Count(pair => pair.IsRight) / bin.Count():f0} % of {bin.Count()}");

        SearchAnswer Find(QueryLine query) => snapshots.TryGetValue(scoped ? query.Tenant ?? "" : "", out var snapshot)
            ? snapshot.Search(query.Text, new SearchOptions { Take = Depth }) : SearchAnswer.Nothing;
    }

    /// <summary>Constants are chosen on one half of the queries; the other half tells whether they hold.</summary>
    private static bool IsSeen(string id) => id.Aggregate(17, (hash, character) => unchecked(hash * 31 + character)) % 2 == 0;

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
