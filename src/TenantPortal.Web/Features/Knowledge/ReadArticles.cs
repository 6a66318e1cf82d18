using System.Text;
using System.Text.Json;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Reads a file of articles, one JSON object a line; the first broken line refuses the file.</summary>
internal static class ReadArticles
{
    private const int LongestText = 40_000, LongestId = 200;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static async Task<(IReadOnlyList<ImportedArticle> Articles, Refusal? Refusal)> FromAsync(string file, TenantId client, CancellationToken cancel)
    {
        if (!File.Exists(file)) return ([], new($"There is no file {file}."));
        var articles = new List<ImportedArticle>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        try
        {
            await foreach (var line in File.ReadLinesAsync(file, Strict, cancel))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                var (article, reason) = Parse(line);
                if (article is null) return ([], new($"{file}, line {number}: {reason} Nothing was imported."));
                if (!lines.TryAdd(article.Slug(client), number)) return ([], new($"{file}, line {number}: the article {article.Id} has the same address as line {lines[article.Slug(client)]}. Nothing was imported."));
                articles.Add(article);
            }
        }
        catch (DecoderFallbackException) { return ([], new($"{file}, after line {number}: the file is not UTF-8. Nothing was imported.")); }
        return articles.Count > 0 ? (articles, null) : ([], new($"{file} holds no article."));
    }

    private static (ImportedArticle? Article, string Reason) Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return (null, "a line is one JSON object.");
            var (id, title, text) = (Text(json, "id"), Text(json, "title"), Text(json, "text"));
            if (id is null || title is null || text is null) return (null, "“id”, “title” and “text” must be texts that are not empty.");
            if (id.Length > LongestId) return (null, $"the id has {id.Length} characters; {LongestId} are allowed.");
            if (text.Length > LongestText) return (null, $"the text has {text.Length} characters; {LongestText} are allowed.");
            return (new(id, title, text), "");
        }
        catch (JsonException e) { return (null, $"this is no JSON object (at character {e.BytePositionInLine})."); }
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
