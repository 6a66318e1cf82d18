using System.Globalization;

namespace TenantPortal.Bench.Retrieval;

/// <summary>What to index, what to ask, and what to measure beside the ranking.</summary>
internal sealed record RetrievalOptions
{
    public const string Usage = "retrieval CORPUS.jsonl QUERIES.jsonl [RUN] [--qrels QRELS.tsv] [--scoped] [--ablation] [--lucene] [--scale N [--one]]";

    public required string Corpus { get; init; }
    public required string Queries { get; init; }

    /// <summary>Where the hits go, in the form of TREC.</summary>
    public string? RunFile { get; init; }
    public string? Judgments { get; init; }

    /// <summary>A tenant's query searches that tenant's documents only.</summary>
    public bool IsScoped { get; init; }
    public bool Ablation { get; init; }
    public bool Lucene { get; init; }

    /// <summary>So many documents made from the given ones; 0 for the given ones themselves.</summary>
    public int Scale { get; init; }

    /// <summary>All of them in one client.</summary>
    public bool IsOneClient { get; init; }

    public static RetrievalOptions? Read(string[] args)
    {
        var files = new List<string>();
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) files.Add(args[i]);
            else if (args[i] is "--qrels" or "--scale" && i + 1 < args.Length) flags[args[i]] = args[++i];
            else if (args[i] is "--scoped" or "--ablation" or "--lucene" or "--one") flags[args[i]] = "";
            else return null;
        }

        var scale = 0;
        if (files.Count is not (2 or 3) || flags.TryGetValue("--scale", out var number) && !int.TryParse(number, CultureInfo.InvariantCulture, out scale)) return null;
        return new()
        {
            Corpus = files[0], Queries = files[1], RunFile = files.ElementAtOrDefault(2), Judgments = flags.GetValueOrDefault("--qrels"), IsScoped = flags.ContainsKey("--scoped"),
            Ablation = flags.ContainsKey("--ablation"), Lucene = flags.ContainsKey("--lucene"), Scale = scale, IsOneClient = flags.ContainsKey("--one"),
        };
    }
}
