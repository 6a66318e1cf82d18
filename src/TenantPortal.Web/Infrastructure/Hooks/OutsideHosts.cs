using System.Net;
using System.Net.Sockets;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>The operator's list of where the portal may call out to. A listed name counts for public addresses alone; what is private must be listed as a network.</summary>
public sealed record OutsideHosts(IReadOnlyList<string> Names, IReadOnlyList<IPNetwork> Networks)
{
    // not reachable from the internet, or not one host: RFC 6890 and its successors
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static (OutsideHosts Hosts, string? Wrong) Parse(string text)
    {
        var (names, networks) = (new List<string>(), new List<IPNetwork>());
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            else if (Uri.CheckHostName(part.StartsWith("*.", StringComparison.Ordinal) ? part[2..] : part) == UriHostNameType.Dns) names.Add(part.ToLowerInvariant());
            else return (new([], []), part);
        }
        return (new(names, networks), null);
    }

    /// <summary>Whether a connection to this address, asked for under this name, is allowed.</summary>
    public bool Allows(string host, IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (Networks.Any(n => n.Contains(address))) return true;
        return IsNamed(host) && !Special.Any(n => n.Contains(address));
    }

    /// <summary>Why nothing can ever be sent there, as a sentence; null when it may be tried.</summary>
    public string? Problem(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0) return "Write a whole address, such as https://hooks.example.com/services/abc.";
        var isNetwork = IPAddress.TryParse(uri.IdnHost, out var ip) && Networks.Any(n => n.Contains(ip));
        if (uri.Scheme == "http" && !isNetwork) return "An address without https is allowed only inside a network that the operator has listed.";
        return isNetwork || IsNamed(uri.IdnHost) ? null : $"The operator has not allowed {uri.IdnHost}. Add it to PORTAL_OUTSIDE_HOSTS and start again.";
    }

    private bool IsNamed(string host) => Names.Any(n => n.StartsWith("*.", StringComparison.Ordinal) ? host.EndsWith(n[1..], StringComparison.OrdinalIgnoreCase) : n.Equals(host, StringComparison.OrdinalIgnoreCase));
}
