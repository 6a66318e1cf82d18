using System.Diagnostics;

namespace TenantPortal.Bench.Retrieval;

/// <summary>Apache Lucene 8 on the same documents and queries, in a process of its own; left out where Java or the packages are missing.</summary>
internal static class LuceneRun
{
    private const string Jars = "/usr/share/java";

    /// <summary>Its hits for each query, or null where it cannot run.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>>? Rank(RetrievalSet set, bool isScoped)
    {
        var folder = Directory.CreateTempSubdirectory("lucene-");
        try
        {
            var run = Path.Combine(folder.FullName, "run.tsv");
            return Start(folder.FullName, set, isScoped, run) ? TrecRun.Read(run) : null;
        }
        finally { folder.Delete(recursive: true); }
    }

    public static void Time(RetrievalSet set) => Rank(set, isScoped: true);

    private static bool Start(string folder, RetrievalSet set, bool isScoped, string run)
    {
        var jars = new[] { "lucene-core-8.*.jar", "lucene-analyzers-common-8.*.jar" }.SelectMany(name => Directory.Exists(Jars) ? Directory.GetFiles(Jars, name) : []).ToList();
        if (jars.Count < 2 || !File.Exists("/usr/bin/java"))
        {
            Console.WriteLine("lucene  left out: install the packages default-jdk-headless and liblucene8-java");
            return false;
        }

        var (corpus, queries) = (Path.Combine(folder, "corpus.tsv"), Path.Combine(folder, "queries.tsv"));
        File.WriteAllLines(corpus, set.Documents.Select(line => $"{line.Id}\t{line.Tenant}\t{Flat(line.Title)} {Flat(line.Text)}"));
        File.WriteAllLines(queries, set.Queries.Select(query => $"{query.Id}\t{query.Tenant}\t{Flat(query.Text)}"));
        var source = Path.Combine(AppContext.BaseDirectory, "Retrieval", "Lucene", "LuceneBench.java");
        var start = new ProcessStartInfo("/usr/bin/java") { UseShellExecute = false };
        foreach (var argument in (string[])["-cp", string.Join(':', jars), source, corpus, queries, run, isScoped ? "scoped" : "whole"]) start.ArgumentList.Add(argument);
        using var java = Process.Start(start) ?? throw new InvalidOperationException("java did not start");
        java.WaitForExit();
        return java.ExitCode == 0;
    }

    private static string Flat(string text) => text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');
}
