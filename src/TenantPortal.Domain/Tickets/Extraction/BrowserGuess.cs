namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>Browser and operating system as the browser itself tells them; null where it does not.</summary>
public sealed record BrowserGuess(string? Browser, string? Os)
{
    // Sec-CH-UA-Platform-Version: Windows 11 tells 13 or more (learn.microsoft.com, "Detect Windows 11 using User-Agent Client Hints")
    private const int FirstOfWindows11 = 13;

    /// <param name="userAgent">The User-Agent header.</param>
    /// <param name="platformVersion">The Sec-CH-UA-Platform-Version header, with or without quotes; without it Windows 10 and 11 look alike.</param>
    public static BrowserGuess Of(string? userAgent, string? platformVersion) =>
        string.IsNullOrWhiteSpace(userAgent) ? new(null, null) : new(BrowserOf(userAgent), OsOf(userAgent, platformVersion?.Trim().Trim('"') ?? ""));

    private static string? BrowserOf(string agent)
    {
        foreach (var (mark, name) in (ReadOnlySpan<(string, string)>)[("Edg/", "Microsoft Edge"), ("EdgA/", "Microsoft Edge"), ("EdgiOS/", "Microsoft Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("CriOS/", "Google Chrome"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("Chrome/", "Google Chrome")])
            if (Number(agent, mark) is { } version) return $"{name} {version}";
        return agent.Contains("Safari/", StringComparison.Ordinal) && Number(agent, "Version/") is { } safari ? $"Safari {safari}" : null;
    }

    private static string? OsOf(string agent, string hint)
    {
        if (agent.Contains("Windows NT 10.0", StringComparison.Ordinal)) return hint.Length == 0 ? "Windows 10 or 11" : Major(hint) >= FirstOfWindows11 ? "Windows 11" : "Windows 10";
        if (Number(agent, "iPhone OS ") is { } ios) return $"iOS {ios}";
        if (agent.Contains("iPad", StringComparison.Ordinal)) return Number(agent, "CPU OS ") is { } ipad ? $"iPadOS {ipad}" : "iPadOS";
        if (agent.Contains("CrOS", StringComparison.Ordinal)) return "ChromeOS";
        if (Number(agent, "Android ") is { } android) return $"Android {(hint.Length > 0 ? Major(hint) : android)}";
        // the agent's macOS number stands still at 10.15
        if (agent.Contains("Mac OS X", StringComparison.Ordinal)) return hint.Length > 0 ? $"macOS {hint}" : "macOS";
        return agent.Contains("Linux", StringComparison.Ordinal) ? "Linux" : null;
    }

    private static readonly System.Buffers.SearchValues<char> Numerals = System.Buffers.SearchValues.Create("0123456789._");

    private static int Major(string version) => int.TryParse(version.AsSpan(0, version.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? dot : version.Length), System.Globalization.CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static string? Number(string agent, string mark)
    {
        var at = agent.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0) return null;
        var rest = agent.AsSpan(at + mark.Length);
        var length = rest.IndexOfAnyExcept(Numerals);
        if (length < 0) length = Math.Min(rest.Length, 12);
        if (length == 0 || length > 20) return null;
        var version = rest[..length].ToString().Replace('_', '.');
        return mark[^1] == '/' && version.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? version[..dot] : version;
    }
}
