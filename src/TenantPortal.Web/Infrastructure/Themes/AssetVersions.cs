using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>Gives addresses under /assets the version of their file, so that browsers may keep the file until it changes. A changed file counts within two seconds.</summary>
public sealed class AssetVersions(IWebHostEnvironment environment, PortalSettings settings)
{
    private const string Assets = "/assets/", Themes = "/assets/themes/";
    // a page names dozens of files: asking the disk for each would cost more than the page
    private const long LooksAgainAfter = 2_000;
    private readonly ConcurrentDictionary<string, (long LookedAt, string Address)> addresses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTime ChangedAt, string Version)> versions = new(StringComparer.Ordinal);

    /// <summary>/assets/icons.svg#home becomes /assets/icons.svg?v=1a2b3c4d5e#home; an address without a file stays as it is.</summary>
    public string Versioned(string address)
    {
        var now = Environment.TickCount64;
        if (addresses.TryGetValue(address, out var known) && now - known.LookedAt < LooksAgainAfter) return known.Address;
        var (path, fragment) = address.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (address[..at], address[at..]) : (address, "");
        if (path.Contains('?', StringComparison.Ordinal) || VersionOf(path) is not { } version) return address;
        var versioned = $"{path}?v={version}{fragment}";
        addresses[address] = (now, versioned);
        return versioned;
    }

    private string? VersionOf(string path)
    {
        var file = path.StartsWith(Themes, StringComparison.Ordinal) ? Path.Combine(settings.ThemesFolder, path[Themes.Length..])
            : path.StartsWith(Assets, StringComparison.Ordinal) ? environment.WebRootFileProvider.GetFileInfo(path[Assets.Length..]).PhysicalPath : null;
        if (file is null || !File.Exists(file)) return null;
        var changedAt = File.GetLastWriteTimeUtc(file);
        if (versions.TryGetValue(path, out var known) && known.ChangedAt == changedAt) return known.Version;
        var version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..10];
        versions[path] = (changedAt, version);
        return version;
    }
}
