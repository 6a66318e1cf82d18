using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>One article of another system as a guide of one step, written in our own format; its text is plain text and stays so.</summary>
internal sealed record ImportedArticle(string Id, string Title, string Text)
{
    private const int LongestTitle = 120, LongestSummary = 200;
    private const string Special = "\\`*_{}[]()#+-.!<>|&~=:\"'$^";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same article of the same client has the same id in every import.</summary>
    public Guid RunbookId(TenantId client)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\n{Id}"))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x80), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes, bigEndian: true);
    }

    public string Slug(TenantId client)
    {
        var slug = string.Join('-', new string([.. Id.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length is > 0 and <= 80 ? slug : $"article-{RunbookId(client):n}";
    }

    public string ShortTitle => Cut(Line(Title), LongestTitle);

    public string Source(TenantId client, string owner) => $"""
        ---
        schema: 1
        id: {RunbookId(client)}
        title: {Quote(ShortTitle)}
        summary: {Quote(Cut(Line(Text), LongestSummary))}
        kind: reference
        lang: en
        category: articles/imported
        symptoms: [{Quote(ShortTitle)}]
        audience: [end_user]
        minutes: 5
        risk: none
        approval: none
        owner: {owner}
        review_every: P6M
        ---

        ## Follow the article
        {"{id: article}"}

        {Escaped(Clean(Text)).Trim()}

        > Expect: What the article describes.

        """.ReplaceLineEndings("\n");

    private static string Quote(string text) => JsonSerializer.Serialize(text, Plain);

    private static string Line(string text) => string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // braces in pairs are ours; control and private-use signs have no place in an article
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.PrivateUse) kept.Append(rune);
        while (kept.ToString().Contains("{{", StringComparison.Ordinal)) kept.Replace("{{", "{ {");
        while (kept.ToString().Contains("}}", StringComparison.Ordinal)) kept.Replace("}}", "} }");
        return kept.ToString();
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 64);
        foreach (var line in text.Split('\n'))
        {
            foreach (var c in line.Trim()) escaped.Append(Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString());
            escaped.Append('\n');
        }
        return escaped.ToString();
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var at = text.LastIndexOf(' ', most - 2);
        return text[..(at > most / 2 ? at : most - 1)].TrimEnd() + "…";
    }
}
