using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;

namespace TenantPortal.Web.Tests;

/// <summary>The program once more beside the fixture's, stopped at the end of its test.</summary>
public sealed class Another(WebApplication app, Uri address) : IAsyncDisposable
{
    public Uri Address => address;
    public IServiceProvider Services => app.Services;

    public HttpClient Browser(bool follow = true) => Browsers.At(address, follow);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>Browsers without JavaScript, each on a network address of its own, so that one test's tries do not use up another's.</summary>
internal static class Browsers
{
    private static int last = 256;

    public static HttpClient At(Uri address, bool follow) => At(address, follow, NextAddress());

    public static HttpClient At(Uri address, bool follow, IPAddress from) => new(new SocketsHttpHandler
    {
        CookieContainer = new CookieContainer(), AllowAutoRedirect = follow, UseProxy = false,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = address };

    // all of 127.0.0.0/8 is this machine
    private static IPAddress NextAddress()
    {
        var next = Interlocked.Increment(ref last);
        return new([127, 1, (byte)(next >> 8), (byte)next]);
    }
}
