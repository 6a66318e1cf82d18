using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Mail.Smtp;

/// <summary>One reply of a mail host (RFC 5321 section 4.2): its code and its lines without it.</summary>
public sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsGood => Code is >= 200 and < 400;
    public bool IsForNow => Code is >= 400 and < 500;
    public string Words => $"{Code} {string.Join(' ', Lines)}".Trim();
}

/// <summary>What the mail host said is no SMTP, or too long.</summary>
public sealed class SmtpBrokenException(string message) : IOException(message);

/// <summary>The line to a mail host: commands out, replies in. No command can hold a line end, and nothing that came before TLS is believed after it.</summary>
public sealed class SmtpLine(Socket socket) : IAsyncDisposable
{
    private const int LongestLine = 4_096, MostLines = 200;
    private Stream stream = new NetworkStream(socket, ownsSocket: true);
    private readonly byte[] buffer = new byte[LongestLine];
    private int start, end;

    public static async Task<SmtpLine> OpenAsync(string host, int port, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try { await socket.ConnectAsync(host.Trim('[', ']'), port, cancel); }
        catch { socket.Dispose(); throw; }
        return new(socket);
    }

    public async Task SecureAsync(string host, X509Certificate2Collection? authorities, CancellationToken cancel)
    {
        if (start != end) throw new SmtpBrokenException("The mail host went on talking before the protected line began. Somebody may stand between; nothing was sent.");
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions { TargetHost = host.Trim('[', ']') };
        if (authorities is not null) options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors, authorities);
        stream = tls;
        await tls.AuthenticateAsClientAsync(options, cancel);
    }

    public async Task<SmtpReply> AskAsync(string command, CancellationToken cancel)
    {
        if (command.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0) throw new InvalidOperationException("A command of SMTP is one line.");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancel);
        await stream.FlushAsync(cancel);
        return await HearAsync(cancel);
    }

    public async Task<SmtpReply> HearAsync(CancellationToken cancel)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await LineAsync(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || (line.Length > 3 && line[3] is not (' ' or '-'))) throw new SmtpBrokenException($"What answers there is no mail host; it said “{line[..Math.Min(60, line.Length)]}”.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ') return new(code, lines);
        }
        throw new SmtpBrokenException("The mail host answers without end.");
    }

    /// <summary>The bytes of a letter with the dot of each line doubled (RFC 5321 section 4.5.2), without the dot that ends it.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> letter, CancellationToken cancel)
    {
        var stuffed = new MemoryStream(letter.Length + 64);
        var isLineStart = true;
        foreach (var value in letter.Span)
        {
            if (isLineStart && value == '.') stuffed.WriteByte((byte)'.');
            stuffed.WriteByte(value);
            isLineStart = value == '\n';
        }
        if (!isLineStart) stuffed.Write("\r\n"u8);
        await stream.WriteAsync(stuffed.GetBuffer().AsMemory(0, (int)stuffed.Length), cancel);
        await stream.FlushAsync(cancel);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<string> LineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = Encoding.UTF8.GetString(buffer.AsSpan(start, found)).TrimEnd('\r');
                start += found + 1;
                return string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
            }
            if (start > 0) { buffer.AsSpan(start, end - start).CopyTo(buffer); (start, end) = (0, end - start); }
            if (end == buffer.Length) throw new SmtpBrokenException("The mail host sent a line of more than 4,096 characters.");
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0) throw new SmtpBrokenException("The mail host closed the line.");
            end += read;
        }
    }

    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 shown) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }
}
