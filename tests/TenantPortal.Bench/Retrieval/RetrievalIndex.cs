using System.Diagnostics;
using System.Globalization;
using TenantPortal.Domain.Search;

namespace TenantPortal.Bench.Retrieval;

/// <summary>The snapshots of one corpus, one a tenant and class of reader where these are kept apart.</summary>
internal sealed class RetrievalIndex
{
    public const int Depth = 100;
    private readonly Dictionary<string, SearchSnapshot> snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CorpusLine> lines = new(StringComparer.Ordinal);
    private readonly bool isScoped;

    /// <param name="isTitleFolded">The title as a part of the text, to measure what its own field is worth.</param>
    public RetrievalIndex(IReadOnlyList<CorpusLine> documents, bool isScoped, bool isTitleFolded = false)
    {
        this.isScoped = isScoped;
        foreach (var line in documents) lines[line.Id] = line;
        var groups = documents.GroupBy(line => isScoped ? line.Tenant ?? "" : "", StringComparer.Ordinal).ToList();
        Count = documents.Count;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var group in groups) Add(group.Key, [.. group], isTitleFolded);
        Bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        // a question that names no tenant is asked of all documents
        if (isScoped && groups.Count > 1) Whole = new(() => new RetrievalIndex(documents, isScoped: false, isTitleFolded));
    }

    private Lazy<RetrievalIndex>? Whole { get; }

    public int Count { get; }
    public TimeSpan Analysis { get; private set; }
    public TimeSpan Building { get; private set; }
    public TimeSpan Training { get; private set; }
    public long Bytes { get; }
    public IReadOnlyCollection<SearchSnapshot> Snapshots => snapshots.Values;

    public SearchAnswer Find(QueryLine query, SearchOptions options)
    {
        if (snapshots.TryGetValue(isScoped ? query.Tenant ?? "" : "", out var snapshot)) return snapshot.Search(query.Text, options);
        return string.IsNullOrEmpty(query.Tenant) && Whole is { } whole ? whole.Value.Find(query, options) : SearchAnswer.Nothing;
    }

    /// <summary>The answer of the same library without these documents.</summary>
    public SearchAnswer Without(QueryLine query, IEnumerable<string> documents) => snapshots.TryGetValue(isScoped ? query.Tenant ?? "" : "", out var snapshot)
        ? snapshot.With([], documents.ToHashSet(StringComparer.Ordinal), snapshot.Generation).Search(query.Text) : SearchAnswer.Nothing;

    /// <summary>The document with other learned words, from the next question on.</summary>
    public void Learn(string document, string words)
    {
        foreach (var (tenant, snapshot) in snapshots.Where(pair => pair.Value.Contains(document)).ToList())
            snapshots[tenant] = snapshot.With([AnalysedDocument.Of(Document(lines[document], isTitleFolded: false) with { Learned = words })], new HashSet<string>(StringComparer.Ordinal), snapshot.Generation + 1);
    }

    public IReadOnlyList<(string Id, double Score)> Rank(QueryLine query, SearchOptions options) =>
        [.. Find(query, options).Hits.Where(hit => query.Exclude?.Contains(hit.Id, StringComparer.Ordinal) != true).Select(hit => (hit.Id, hit.Score)).Take(Depth)];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"documents {Count} in {snapshots.Count}  indexed {Count / (Analysis + Building).TotalSeconds:f0}/s (analysed {Count / Analysis.TotalSeconds:f0}/s, built {Count / Building.TotalSeconds:f0}/s)  trained in {Training.TotalMilliseconds / snapshots.Count:f0} ms each  bytes a document {Bytes / Math.Max(1, Count)}");

    private void Add(string tenant, IReadOnlyList<CorpusLine> lines, bool isTitleFolded)
    {
        var start = Stopwatch.GetTimestamp();
        var forms = new WordForms();
        var analysed = lines.Select(line => AnalysedDocument.Of(Document(line, isTitleFolded), forms)).ToList();
        Analysis += Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var snapshot = SearchSnapshot.Build(Clearance.Tier3, analysed, Synonyms.None, 1);
        _ = snapshot.Letters;
        Building += Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        snapshots.Add(tenant, snapshot.IsUntrained ? snapshot.Trained() : snapshot);
        Training += Stopwatch.GetElapsedTime(start);
    }

    private static SearchDocument Document(CorpusLine line, bool isTitleFolded) => new()
    {
        Id = line.Id,
        Title = isTitleFolded ? "" : line.Title,
        Body = isTitleFolded ? $"{line.Title}\n{line.Text}" : line.Text,
        Audience = line.Audience is "staff" or "agent" or "internal" ? Audience.Staff : Audience.Contacts | Audience.Staff,
    };
}
