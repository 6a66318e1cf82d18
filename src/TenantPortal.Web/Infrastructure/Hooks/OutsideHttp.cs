using System.Net;
using System.Net.Sockets;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>The address that was found may not be called.</summary>
public sealed class OutsideRefusedException(string sentence) : Exception(sentence);

/// <summary>The one way out over HTTP. It judges the address that is really connected to, follows no redirects, keeps no cookies, uses no proxy, and reads little.</summary>
public sealed class OutsideHttp(PortalSettings settings) : IDisposable
{
    private const int MostAnswer = 64 * 1024;
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(2), AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (context, cancel) => ConnectAsync(settings.OutsideHosts, context.DnsEndPoint, cancel),
    })
    { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = MostAnswer };

    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return answer.StatusCode;
    }

    // the name is looked up here and nowhere else: what is judged is what is connected to
    private static async ValueTask<Stream> ConnectAsync(OutsideHosts hosts, DnsEndPoint to, CancellationToken cancel)
    {
        var found = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, cancel);
        var allowed = found.Where(address => hosts.Allows(to.Host, address)).ToArray();
        if (allowed.Length == 0) throw new OutsideRefusedException($"{to.Host} leads to {string.Join(", ", found.Select(a => a.ToString()))}, which may not be called (PORTAL_OUTSIDE_HOSTS).");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch { socket.Dispose(); throw; }
    }

    public void Dispose() => client.Dispose();
}
