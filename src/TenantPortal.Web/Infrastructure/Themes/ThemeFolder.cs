using System.Text.Json;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>A look that the operator's themes folder offers.</summary>
public sealed record Theme(string Key, string Name, string Description);

/// <summary>The themes that exist: folders with theme.json, tokens.css and logo.svg.</summary>
public sealed class ThemeFolder
{
    public const string Default = "default";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public ThemeFolder(PortalSettings settings) => All = [.. Directory.GetDirectories(settings.ThemesFolder).Order(StringComparer.Ordinal).Select(Read)];

    public IReadOnlyList<Theme> All { get; }

    public bool Has(string key) => All.Any(t => t.Key == key);

    /// <summary>The theme of a look, or the default where the folder no longer has it.</summary>
    public string KeyOf(string wanted) => Has(wanted) ? wanted : Default;

    private static Theme Read(string folder)
    {
        foreach (var file in new[] { "theme.json", "tokens.css", "logo.svg" })
            if (!File.Exists(Path.Combine(folder, file))) throw new InvalidOperationException($"PORTAL_THEMES: the theme {Path.GetFileName(folder)} has no {file}.");
        var about = JsonSerializer.Deserialize<About>(File.ReadAllText(Path.Combine(folder, "theme.json")), Json);
        return about is { Name.Length: > 0 } ? new(Path.GetFileName(folder), about.Name, about.Description) : throw new InvalidOperationException($"PORTAL_THEMES: theme.json of {Path.GetFileName(folder)} has no name.");
    }

    private sealed record About(string Name, string Description);
}
