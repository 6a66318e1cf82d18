namespace TenantPortal.Web.Features.Reporting;

/// <summary>The operating system that a browser names: family as in the device list, and in words.</summary>
public sealed record BrowserSees(string Family, string Words)
{
    /// <summary>Asks the browser for the version that its name no longer tells (Windows 11 still calls itself 10).</summary>
    public const string Wanted = "Sec-CH-UA-Platform, Sec-CH-UA-Platform-Version";

    public static BrowserSees? In(IHeaderDictionary headers)
    {
        var agent = headers.UserAgent.ToString();
        var platform = headers["Sec-CH-UA-Platform"].ToString().Trim('"');
        var version = headers["Sec-CH-UA-Platform-Version"].ToString().Trim('"').Split('.')[0];
        if (platform == "Windows" || agent.Contains("Windows NT 10", StringComparison.Ordinal)) return new("windows", Windows(version));
        if (platform == "Android" || agent.Contains("Android", StringComparison.Ordinal)) return new("android", IsNumber(version) ? $"Android {version}" : "Android");
        if (agent.Contains("iPhone", StringComparison.Ordinal)) return new("ios", "iPhone (iOS)");
        if (agent.Contains("iPad", StringComparison.Ordinal)) return new("ios", "iPad (iPadOS)");
        if (platform == "Chrome OS" || agent.Contains("CrOS", StringComparison.Ordinal)) return new("chromeos", "ChromeOS");
        if (platform == "macOS" || agent.Contains("Macintosh", StringComparison.Ordinal)) return new("macos", IsNumber(version) ? $"macOS {version}" : "macOS");
        return null;
    }

    // from 13 on it is Windows 11: learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11
    private static string Windows(string version) => int.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number >= 13 ? "Windows 11" : "Windows 10" : "Windows";

    private static bool IsNumber(string text) => text.Length is > 0 and < 4 && text.All(char.IsAsciiDigit) && text != "0";
}
