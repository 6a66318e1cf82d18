using System.Globalization;

namespace TenantPortal.Bench.Retrieval;

/// <summary>What to index, what to ask, and what to measure beside the ranking.</summary>
internal sealed record RetrievalOptions
{
    public const string Usage = "retrieval CORPUS.jsonl QUERIES.jsonl [RUN] [--qrels QRELS.tsv] [--scoped] [--ablation] [--lucene] [--scale N [--one] | --live N | --learn]";

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

    /// <summary>So many guides of one client, searched through the portal and its database; 0 for none.</summary>
    public int Live { get; init; }

    /// <summary>The queries are tickets in the order they came: each is asked, and then solved by its judged document, which learns from it.</summary>
    public bool IsLearning { get; init; }

    /// <summary>All of them in one client.</summary>
    public bool IsOneClient { get; init; }

    public static RetrievalOptions? Read(string[] args)
    {
        var files = new List<string>();
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) files.Add(args[i]);
            else if (args[i] is "--qrels" or "--scale" or "--live" && i + 1 < args.Length) flags[args[i]] = args[++i];
            else if (args[i] is "--scoped" or "--ablation" or "--lucene" or "--one" or "--learn") flags[args[i]] = "";
            else return null;
        }

        if (files.Count is not (2 or 3) || !IsNumber("--scale", out var scale) || !IsNumber("--live", out var live)) return null;
        return new()
        {
            Corpus = files[0], Queries = files[1], RunFile = files.ElementAtOrDefault(2), Judgments = flags.GetValueOrDefault("--qrels"), IsScoped = flags.ContainsKey("--scoped"),
            Ablation = flags.ContainsKey("--ablation"), Lucene = flags.ContainsKey("--lucene"), Scale = scale, Live = live,
            IsOneClient = flags.ContainsKey("--one"), IsLearning = flags.ContainsKey("--learn"),
        };

        bool IsNumber(string flag, out int number)
        {
            number = 0;
            return !flags.TryGetValue(flag, out var text) || int.TryParse(text, CultureInfo.InvariantCulture, out number);
        }
    }
}
