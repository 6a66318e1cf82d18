using System.Globalization;
using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>Measures how well and how fast the index finds judged documents.</summary>
internal sealed class RetrievalCommand(RetrievalOptions options)
{
    private static readonly SearchOptions Deep = new() { Take = RetrievalIndex.Depth };
    private readonly RetrievalSet set = RetrievalSet.Read(options.Corpus, options.Queries, options.Judgments);

    public Task<int> RunAsync(CancellationToken cancel) => options.Live > 0 ? new LiveRun(set, options.Live).RunAsync(cancel) : Task.FromResult(Run());

    private int Run()
    {
        if (options.IsLearning) return LearningRun.Run(set, options.IsScoped);
        if (options.Scale > 0)
        {
            ScaleRun.Run(set, options);
            if (options.Lucene) LuceneRun.Time(ScaledCorpus.Of(set, options.Scale, options.IsOneClient));
            return 0;
        }

        var index = new RetrievalIndex(set.Documents, options.IsScoped);
        var ranked = set.Queries.ToDictionary(query => query.Id, query => index.Rank(query, Deep), StringComparer.Ordinal);
        if (options.RunFile is { } file) TrecRun.Write(file, set.Queries.Select(query => (query.Id, ranked[query.Id])));
        var ours = Report("", ranked.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value.Select(hit => hit.Id)], StringComparer.Ordinal));
        Console.WriteLine(new RetrievalIndex(set.Documents, options.IsScoped));
        Console.WriteLine($"search  {SearchTimes.Of(set.Queries.Count, i => index.Find(set.Queries[i], new SearchOptions()))}");
        if (options.Lucene && LuceneRun.Rank(set, options.IsScoped) is { } theirs)
        {
            var lucene = Report("lucene ", theirs);
            if (ours is not null && lucene is not null) Console.WriteLine($"ours over lucene  {ours.Over(lucene)}");
        }

        if (ours is null) return 0;
        if (options.Ablation) Ablation.Run(set, options.IsScoped, index, ours);
        Calibration.Print(set, index);
        return 0;
    }

    private RetrievalScores? Report(string whose, IReadOnlyDictionary<string, IReadOnlyList<string>> ranked)
    {
        if (set.Relevant.Count == 0) return null;
        var all = RetrievalScores.Of(set, ranked, _ => true);
        Console.WriteLine($"{whose}all     {all}");
        Console.WriteLine($"{whose}seen    {RetrievalScores.Of(set, ranked, query => query.IsSeen)}");
        Console.WriteLine($"{whose}unseen  {RetrievalScores.Of(set, ranked, query => !query.IsSeen)}");
        return all;
    }
}

/// <summary>Hits of many queries as TREC's programs read them.</summary>
internal static class TrecRun
{
    public static void Write(string file, IEnumerable<(string Query, IReadOnlyList<(string Id, double Score)> Hits)> ranked) =>
        File.WriteAllLines(file, ranked.SelectMany(query => query.Hits.Select((hit, at) => string.Create(CultureInfo.InvariantCulture, $"{query.Query} Q0 {hit.Id} {at + 1} {hit.Score:f6} tenantportal"))));

    public static Dictionary<string, IReadOnlyList<string>> Read(string file) =>
        File.ReadLines(file).Select(line => line.Split('\t')).GroupBy(cells => cells[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(cells => cells[1])], StringComparer.Ordinal);
}
