using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TenantPortal.Web.Tests.Mail;

/// <summary>A mail host on loopback that answers as the test says, and keeps what it took. Null as an answer: the line is cut.</summary>
internal sealed class ScriptedHost : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();

    public ScriptedHost(Func<string, string?>? answer = null)
    {
        Answer = answer ?? (_ => "");
        listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    /// <summary>The answer to a command or, as "DOT", to a whole letter; an empty one is the usual good one.</summary>
    public Func<string, string?> Answer { get; set; }
    public System.Collections.Concurrent.ConcurrentQueue<string> Letters { get; } = new();
    public int Connections;

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref Connections);
                _ = Task.Run(() => TalkAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            async Task<bool> SayAsync(string command, string usual)
            {
                if (Answer(command) is not { } said) return false;
                await stream.WriteAsync(Encoding.Latin1.GetBytes((said.Length == 0 ? usual : said) + "\r\n"), stop.Token);
                return true;
            }
            if (!await SayAsync("", "220 test")) return;
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var usual = line.Split(' ', ':')[0] switch { "EHLO" => "250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN XOAUTH2", "AUTH" => "235 in", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 fine" };
                if (!await SayAsync(line, usual)) return;
                if (line != "DATA") continue;
                var letter = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".") letter.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                if (Answer("DOT") is not { } end) return;
                if (end.Length == 0 || end[0] == '2') Letters.Enqueue(letter.ToString());
                await stream.WriteAsync(Encoding.Latin1.GetBytes((end.Length == 0 ? "250 taken" : end) + "\r\n"), stop.Token);
            }
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }
}
