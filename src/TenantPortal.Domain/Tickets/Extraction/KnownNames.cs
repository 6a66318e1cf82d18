using TenantPortal.Domain.People;

namespace TenantPortal.Domain.Tickets.Extraction;

/// <summary>The names a client's people may write: its devices, sites and programs, and the programs that everybody knows.</summary>
public sealed class KnownNames
{
    // a small letter makes these ordinary words
    private static readonly HashSet<string> NeedCapital = new(StringComparer.Ordinal) { "Word", "Edge", "Access", "Safari", "Zoom", "Chrome" };
    private static readonly string[] CommonApps =
    [
        "Outlook", "Microsoft Teams", "Teams", "Word", "Excel", "PowerPoint", "OneNote", "OneDrive", "SharePoint", "Microsoft 365", "Office 365", "Power BI", "Visio", "Microsoft Authenticator", "Authenticator", "Company Portal",
        "Google Chrome", "Chrome", "Microsoft Edge", "Edge", "Firefox", "Safari", "Zoom", "Webex", "Google Meet", "Gmail", "Google Drive", "Acrobat Reader", "Adobe Acrobat", "Acrobat", "Photoshop", "InDesign", "Dropbox", "Slack",
        "AnyConnect", "Cisco Secure Client", "GlobalProtect", "FortiClient", "OpenVPN", "WireGuard", "Azure VPN Client", "Remote Desktop", "QuickBooks", "Sage", "Xero", "DATEV", "3CX",
    ];

    private readonly PhraseBook<Device> devices = new(asNames: true);
    private readonly PhraseBook<Site> sites = new(asNames: true);
    private readonly PhraseBook<string> apps = new(asNames: true);

    public KnownNames(IEnumerable<Device> devices, IEnumerable<Site> sites, IEnumerable<Software> software)
    {
        foreach (var device in devices) this.devices.Add(device.Name, device);
        foreach (var site in sites) this.sites.Add(site.Name, site);
        foreach (var name in software.Select(s => s.Name).Concat(CommonApps).Distinct(StringComparer.OrdinalIgnoreCase)) apps.Add(name, name);
    }

    public Device? Device(IReadOnlyList<PlainWord> words, out PhraseMatch<Device> match)
    {
        match = Longest(devices.Find(words));
        return match.Value;
    }

    public Site? Site(IReadOnlyList<PlainWord> words, out PhraseMatch<Site> match)
    {
        match = Longest(sites.Find(words));
        return match.Value;
    }

    public string? App(string text, IReadOnlyList<PlainWord> words, out PhraseMatch<string> match)
    {
        var found = apps.Find(words);
        found.RemoveAll(m => NeedCapital.Contains(m.Phrase) && (!char.IsUpper(text[words[m.First].Start]) || IsFirstOfSentence(words, m.First)));
        match = Longest(found);
        return match.Value;
    }

    private static bool IsFirstOfSentence(IReadOnlyList<PlainWord> words, int at) => at + 1 < words.Count && at > 0 && words[at - 1].Sentence != words[at].Sentence;

    private static PhraseMatch<T> Longest<T>(List<PhraseMatch<T>> found) =>
        found.Count == 0 ? default : found.OrderByDescending(m => m.Last - m.First).ThenBy(m => m.First).First();
}
