using System.Text.Json;

namespace TenantPortal.Bench.Retrieval;

internal sealed record CorpusLine(string Id, string Title, string Text, string? Tenant, string? Audience);

internal sealed record QueryLine(string Id, string Text, string? Tenant, IReadOnlyList<string>? Exclude)
{
    /// <summary>Constants are chosen on one half of the queries; the other half tells whether they hold.</summary>
    public bool IsSeen => Id.Aggregate(17, (hash, character) => unchecked(hash * 31 + character)) % 2 == 0;
}

/// <summary>Documents, queries and, where there are any, judgments of one evaluation set.</summary>
internal sealed record RetrievalSet(IReadOnlyList<CorpusLine> Documents, IReadOnlyList<QueryLine> Queries, ILookup<string, string> Relevant)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ILookup<string, string> Unjudged { get; } = Array.Empty<string>().ToLookup(id => id, StringComparer.Ordinal);

    public static RetrievalSet Read(string corpus, string queries, string? judgments) => new(
        Lines<CorpusLine>(corpus),
        Lines<QueryLine>(queries),
        judgments is null ? Unjudged : File.ReadLines(judgments).Select(line => line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length >= 3 && cells[^1] != "0").ToLookup(cells => cells[0], cells => cells[^2]));

    private static List<T> Lines<T>(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line, Json) ?? throw new InvalidDataException($"{path}: an empty line of JSON"))];
}
