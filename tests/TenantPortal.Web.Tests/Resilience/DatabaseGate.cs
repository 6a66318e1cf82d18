using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TenantPortal.Web.Tests.Resilience;

/// <summary>Stands between the program and PostgreSQL, on loopback: it passes everything on, refuses, or takes what comes and stays silent.</summary>
internal sealed class DatabaseGate : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, TcpClient> open = new();
    private readonly (string Host, int Port) database;
    private readonly int port;
    private TcpListener? listener;
    private volatile TaskCompletionSource? silence;

    public DatabaseGate(string connection)
    {
        var known = new NpgsqlConnectionStringBuilder(connection);
        database = (known.Host!, known.Port);
        port = Listen(0);
        Connection = new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = port }.ConnectionString;
    }

    public string Connection { get; }

    public void Refuse()
    {
        listener!.Stop();
        listener = null;
        foreach (var (from, to) in open) { from.Close(); to.Close(); }
        open.Clear();
    }

    public void FallSilent() => silence = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        if (listener is null) Listen(port);
        silence?.TrySetResult();
        silence = null;
    }

    public void Dispose()
    {
        Open();
        Refuse();
    }

    private int Listen(int at)
    {
        listener = new(IPAddress.Loopback, at);
        listener.Start();
        _ = AcceptAsync(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try { while (true) _ = PassAsync(await from.AcceptTcpClientAsync()); }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException) { return; } // stopped
    }

    private async Task PassAsync(TcpClient from)
    {
        using var to = new TcpClient { NoDelay = true };
        using (from)
            try
            {
                open[from] = to;
                await to.ConnectAsync(database.Host, database.Port);
                await Task.WhenAny(PumpAsync(from.GetStream(), to.GetStream()), PumpAsync(to.GetStream(), from.GetStream()));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException) { return; } // one side closed
            finally { open.TryRemove(from, out _); }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                if (silence is { } until) await until.Task;
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException) { return; } // one side closed
    }
}
