using System.Net;
using System.Text.RegularExpressions;

namespace TenantPortal.Web.Tests.People;

/// <summary>What the folder transport has delivered to one person, as her mail program would show it.</summary>
internal static partial class Mailbox
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The links of the mails to a person that lead to a path, oldest first; waits until there are so many.</summary>
    public static async Task<IReadOnlyList<string>> LinksAsync(this Portal portal, string slug, string address, string path, int count)
    {
        for (var wait = 0; wait < 200; wait++)
        {
            var found = Read(portal, slug, address).SelectMany(mail => Links().Matches(mail).Select(m => new Uri(WebUtility.HtmlDecode(m.Value)).PathAndQuery)).Where(l => l.Contains(path, StringComparison.Ordinal)).Distinct().ToList();
            if (found.Count >= count) return found;
            await Task.Delay(50, Cancel);
        }
        throw new InvalidOperationException($"No {count} mails with {path} came to {address}.");
    }

    public static async Task<string> LinkAsync(this Portal portal, string slug, string address, string path) => (await portal.LinksAsync(slug, address, path, 1))[^1];

    public static IReadOnlyList<string> Read(Portal portal, string slug, string address)
    {
        var folder = Path.Combine(portal.MailFolder, slug);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(m => m.Contains($"<{address}>", StringComparison.OrdinalIgnoreCase))
            .Select(m => Escaped().Replace(m.Replace("=\r\n", "", StringComparison.Ordinal), e => ((char)Convert.ToInt32(e.Groups["code"].Value, 16)).ToString()))];
    }

    [GeneratedRegex("""http://localhost:5080/[^\s"<]+""", RegexOptions.None, 1000)] private static partial Regex Links();
    [GeneratedRegex("=(?<code>[0-9A-F]{2})", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Escaped();
}
