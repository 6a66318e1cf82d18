using System.Diagnostics;
using System.Globalization;
using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>Speed and size with many documents: searching, publishing, and reading what was mistyped.</summary>
internal static class ScaleRun
{
    public static void Run(RetrievalSet small, RetrievalOptions options)
    {
        var set = ScaledCorpus.Of(small, options.Scale, options.IsOneClient);
        // the first index compiles what the second is measured with
        _ = new RetrievalIndex(small.Documents, isScoped: false);
        var index = new RetrievalIndex(set.Documents, isScoped: true);
        Console.WriteLine(index);
        var asked = new SearchOptions();
        var few = options.IsOneClient ? 300 : 3000;
        Console.WriteLine($"search of 44 words  {SearchTimes.Of(set.Queries.Count, i => index.Find(set.Queries[i], asked), few, few)}");
        var largest = index.Snapshots.MaxBy(snapshot => snapshot.Count)!;
        Publish(largest, small);
        Mistyped(largest, small);
    }

    private static void Publish(SearchSnapshot snapshot, RetrievalSet small)
    {
        var times = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var document = AnalysedDocument.Of(new SearchDocument { Id = $"new-{i}", Title = $"Zeppelin{(char)('a' + i)} does not land", Body = small.Documents[i].Text });
            var next = snapshot.With([document], new HashSet<string>(StringComparer.Ordinal), i + 2);
            if (next.Search($"zeppelin{(char)('a' + i)} landing").Hits is not [{ Id: var id }, ..] || id != $"new-{i}") throw new InvalidOperationException("a published document was not found");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            snapshot = next;
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"publish to found    ms p50 {times[times.Count / 2]:f1}  most {times[^1]:f1}  among {snapshot.Count} documents"));
    }

    private static void Mistyped(SearchSnapshot snapshot, RetrievalSet small)
    {
        var words = small.Queries.SelectMany(query => query.Text.ToLowerInvariant().Split(' ')).Where(word => word.Length > 4 && word.All(char.IsAsciiLetter)).Distinct(StringComparer.Ordinal)
            .Select(word => $"{word[..2]}{word[3]}{word[2]}{word[4..]}").ToList();
        Console.WriteLine($"typo repair         {SearchTimes.Of(words.Count, i => _ = snapshot.Index.Spelling.Near(words[i], 3).Count(), 1000, 2000)}");
    }
}
