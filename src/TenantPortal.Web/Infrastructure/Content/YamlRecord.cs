using System.Globalization;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Typed reading of one map: each problem is noted and reading goes on; <see cref="Done"/> refuses keys that nobody asked for.</summary>
public sealed class YamlRecord(ContentFile file, YamlMap map)
{
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    public ContentFile File => file;
    public int Line => map.Line;
    public IEnumerable<string> Keys => map.Entries.Keys;

    public bool Has(string key) => map.Entries.TryGetValue(key, out var node) && node is not YamlText { Value: "" };

    public int LineOf(string key) => map.Lines.GetValueOrDefault(key, map.Line);

    public void Problem(string key, string reason) => file.Problem(LineOf(key), reason);

    public string Text(string key, int most = 400)
    {
        var text = TextOrNull(key, most);
        if (text is null && Node(key) is null or YamlText) Problem(key, $"“{key}” is missing.");
        return text ?? "";
    }

    public string? TextOrNull(string key, int most = 400)
    {
        switch (Node(key))
        {
            case null: return null;
            case YamlText { Value: var text }:
                if (text.Length > most) Problem(key, $"“{key}” has {text.Length} characters; {most} are allowed.");
                return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
            default:
                Problem(key, $"“{key}” must be one text.");
                return null;
        }
    }

    public IReadOnlyList<string> Texts(string key, int most = 400)
    {
        var node = Node(key);
        if (node is null or YamlText { Value: "" }) return [];
        if (node is not YamlList list)
        {
            Problem(key, $"“{key}” must be a list such as [one, two].");
            return [];
        }
        var texts = new List<string>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is not YamlText { Value: { Length: > 0 } text } || text.Length > most) file.Problem(item.Line, $"“{key}” holds something that is not a text of 1 to {most} characters. Put texts with commas or colons in double quotes.");
            else texts.Add(text.Trim());
        }
        return texts;
    }

    /// <summary>Either the word “all” (null) or a list.</summary>
    public IReadOnlyList<string>? AllOr(string key, string all = "all")
    {
        if (map.Entries.GetValueOrDefault(key) is not YamlText { Value: var word }) return Texts(key);
        read.Add(key);
        if (word != all) Problem(key, $"“{key}” is “{all}” or a list.");
        return null;
    }

    public int Number(string key, int otherwise, int least = 0, int most = int.MaxValue) => NumberOrNull(key, least, most) ?? otherwise;

    public int? NumberOrNull(string key, int least = 0, int most = int.MaxValue)
    {
        if (TextOrNull(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Problem(key, most == int.MaxValue ? $"“{key}” must be a whole number from {least}." : $"“{key}” must be a whole number from {least} to {most}.");
        return null;
    }

    public bool Flag(string key)
    {
        var text = TextOrNull(key);
        if (text is not (null or "true" or "false")) Problem(key, $"“{key}” is true or false.");
        return text == "true";
    }

    public T Choice<T>(string key, IReadOnlyDictionary<string, T> names, T? otherwise = null) where T : struct
    {
        var text = otherwise is null ? Text(key) : TextOrNull(key);
        if (string.IsNullOrEmpty(text)) return otherwise ?? default;
        if (names.TryGetValue(text, out var value)) return value;
        Problem(key, $"“{key}” is one of {string.Join(", ", names.Keys)}; “{text}” is not.");
        return default;
    }

    public IReadOnlyList<T> Choices<T>(string key, IReadOnlyDictionary<string, T> names) where T : struct
    {
        var values = new List<T>();
        foreach (var text in Texts(key))
        {
            if (names.TryGetValue(text, out var value)) values.Add(value);
            else Problem(key, $"“{key}” may hold {string.Join(", ", names.Keys)}; “{text}” is not one of them.");
        }
        return values;
    }

    public Guid Id(string key)
    {
        var text = Text(key);
        if (text.Length == 0) return Guid.Empty;
        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty) return id;
        Problem(key, $"“{key}” must be a UUID such as 3f0c8b52-6d0e-4b86-9a39-7b8d1c1f2a10.");
        return Guid.Empty;
    }

    /// <summary>Minutes of “1h 30m”; more than none.</summary>
    public int Minutes(string key)
    {
        var text = Text(key);
        if (text.Length == 0) return 0;
        if (ContentTime.Span(text) is { } span && span > TimeSpan.Zero) return (int)span.TotalMinutes;
        Problem(key, $"“{key}” must be a time such as 30m, 4h or 1d 2h.");
        return 0;
    }

    public DateOnly? Date(string key)
    {
        if (TextOrNull(key) is not { } text) return null;
        if (ContentTime.Date(text) is { } date) return date;
        Problem(key, $"“{key}” must be a date such as 2026-11-02.");
        return null;
    }

    public YamlRecord? Record(string key, bool required = false)
    {
        switch (Node(key))
        {
            case YamlMap inner: return new(file, inner);
            case null or YamlText { Value: "" }:
                if (required) Problem(key, $"“{key}” is missing.");
                return null;
            default:
                Problem(key, $"“{key}” must hold “name: value” pairs.");
                return null;
        }
    }

    public IEnumerable<YamlRecord> Records(string key, bool required = false)
    {
        var node = Node(key);
        if (node is null or YamlText { Value: "" } or YamlList { Items.Count: 0 } && required) Problem(key, $"“{key}” is missing.");
        if (node is null or YamlText { Value: "" }) yield break;
        if (node is not YamlList list)
        {
            Problem(key, $"“{key}” must be a list.");
            yield break;
        }
        foreach (var item in list.Items)
        {
            if (item is YamlMap inner) yield return new(file, inner);
            else file.Problem(item.Line, $"Each entry of “{key}” must hold “name: value” pairs.");
        }
    }

    /// <summary>Refuses every key that was not asked for.</summary>
    public void Done()
    {
        foreach (var key in map.Entries.Keys.Where(key => !read.Contains(key))) file.Problem(map.Lines[key], $"“{key}” is not known here. Known are: {string.Join(", ", read.Order(StringComparer.Ordinal))}.");
    }

    private YamlNode? Node(string key)
    {
        read.Add(key);
        return map.Entries.GetValueOrDefault(key);
    }
}
