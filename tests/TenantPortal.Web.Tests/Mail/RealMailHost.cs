using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TenantPortal.Web.Tests.Mail;

/// <summary>Debian's Postfix and Dovecot with a configuration of their own in a folder of their own, on loopback: Postfix takes letters from those whom Dovecot knows, Dovecot keeps them and shows them by IMAP.</summary>
public sealed class RealMailHost : IAsyncLifetime
{
    public const string User = "eve@acorn.example", Password = "Winter-sun 7";
    private static readonly byte[] TokenKey = RandomNumberGenerator.GetBytes(32);
    private readonly string folder = Directory.CreateTempSubdirectory("pm-").FullName;

    /// <summary>Why it cannot run here; null where it does.</summary>
    public string? Missing { get; private set; } = !File.Exists("/usr/sbin/postfix") || !File.Exists("/usr/sbin/dovecot") ? "Postfix and Dovecot are not installed: apt-get install postfix dovecot-imapd dovecot-lmtpd (./test does it where it may)"
        : Environment.UserName != "root" ? "Postfix starts as root only" : null;
    public int StartTlsPort { get; } = FreePort();
    public int TlsPort { get; } = FreePort();
    public int ImapPort { get; } = FreePort();
    public string Authority => At("cert.pem");

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        MakeCertificate();
        Configure();
        await RunAsync("/usr/sbin/dovecot", "-c", At("dovecot.conf"));
        await RunAsync("/usr/sbin/postfix", "-c", At("etc"), "start");
        foreach (var port in new[] { StartTlsPort, TlsPort, ImapPort }) await ListensAsync(port);
    }

    public async ValueTask DisposeAsync()
    {
        if (Missing is null)
        {
            await RunAsync("/usr/sbin/postfix", "-c", At("etc"), "stop");
            await RunAsync("/usr/sbin/dovecot", "-c", At("dovecot.conf"), "stop");
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A token such as an identity provider gives out, which Dovecot checks by itself.</summary>
    public static string Token(string user = User)
    {
        static string Part(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var said = Part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8.ToArray()) + "." + Part(Encoding.UTF8.GetBytes($$"""{"sub":"{{user}}","email":"{{user}}","iat":{{now - 60}},"nbf":{{now - 60}},"exp":{{now + 600}}}"""));
        return said + "." + Part(HMACSHA256.HashData(TokenKey, Encoding.ASCII.GetBytes(said)));
    }

    /// <summary>All letters of the mailbox as Dovecot shows them by IMAP, once there are so many.</summary>
    public async Task<List<string>> LettersAsync(int atLeast, CancellationToken cancel)
    {
        while (true)
        {
            var letters = await FetchAsync(cancel);
            if (letters.Count >= atLeast) return letters;
            await Task.Delay(100, cancel);
        }
    }

    private async Task<List<string>> FetchAsync(CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, ImapPort, cancel);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        async Task<List<string>> AskAsync(string tag, string command)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{tag} {command}\r\n"), cancel);
            var lines = new List<string>();
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                if (line.StartsWith(tag + " ", StringComparison.Ordinal)) { Assert.StartsWith($"{tag} OK", line, StringComparison.Ordinal); return lines; }
                lines.Add(line);
            }
            throw new IOException("Dovecot closed the line.");
        }
        await AskAsync("a", $"LOGIN \"{User}\" \"{Password}\"");
        var found = await AskAsync("b", "SELECT INBOX");
        if (found.Contains("* 0 EXISTS")) return [];
        var letters = new List<string>();
        foreach (var line in await AskAsync("c", "FETCH 1:* BODY.PEEK[]"))
        {
            if (line.StartsWith("* ", StringComparison.Ordinal) && line.Contains("FETCH", StringComparison.Ordinal)) letters.Add("");
            else if (letters.Count > 0 && line != ")") letters[^1] += line + "\r\n";
        }
        return letters;
    }

    private void MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(At("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private void Configure()
    {
        Run("chmod", "755", folder);
        foreach (var made in new[] { "etc", "spool", "data", "run", "state", "mail", "keys/default/HS256" }) Directory.CreateDirectory(At(made));
        Run("chown", "postfix", At("data"));
        Run("chown", "mail:mail", At("mail"));
        File.WriteAllText(At("keys/default/HS256/default"), Convert.ToBase64String(TokenKey));
        File.WriteAllText(At("users"), $"{User}:{{PLAIN}}{Password}\n");
        File.WriteAllText(At("oauth.conf"), $"introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={At("keys/")}\nusername_attribute = sub\n");
        File.WriteAllText(At("dovecot.conf"), $$"""
            base_dir = {{At("run")}}
            state_dir = {{At("state")}}
            log_path = {{At("dovecot.log")}}
            protocols = imap lmtp
            listen = 127.0.0.1
            disable_plaintext_auth = no
            ssl = no
            mail_location = maildir:{{At("mail")}}/%u
            first_valid_uid = 1
            auth_mechanisms = plain login xoauth2
            passdb {
              driver = passwd-file
              mechanisms = plain login
              args = scheme=PLAIN username_format=%u {{At("users")}}
            }
            passdb {
              driver = oauth2
              mechanisms = xoauth2
              args = {{At("oauth.conf")}}
            }
            userdb {
              driver = static
              args = uid=mail gid=mail home={{At("mail")}}/%u allow_all_users=yes
            }
            service auth {
              unix_listener {{At("auth")}} {
                mode = 0666
              }
            }
            service lmtp {
              unix_listener {{At("lmtp")}} {
                mode = 0666
              }
            }
            service imap-login {
              inet_listener imap {
                port = {{ImapPort}}
              }
              inet_listener imaps {
                port = 0
              }
            }

            """);
        File.WriteAllText(At("etc/main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {At("spool")}
            data_directory = {At("data")}
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file_prefixes = {folder}
            maillog_file = {At("postfix.log")}
            myhostname = mail.acorn.example
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks =
            mydestination =
            alias_maps =
            virtual_mailbox_domains = acorn.example
            virtual_mailbox_maps = static:all
            virtual_transport = lmtp:unix:{At("lmtp")}
            smtpd_tls_cert_file = {At("cert.pem")}
            smtpd_tls_key_file = {At("key.pem")}
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = {At("auth")}
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            smtpd_recipient_restrictions = permit_sasl_authenticated, reject

            """);
        string[] services = ["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 1 1 qmgr", "tlsmgr unix - - n 1000? 1 tlsmgr", "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "proxymap unix - - n - - proxymap", "error unix - - n - - error", "retry unix - - n - - error", "lmtp unix - - n - - lmtp", "anvil unix - - n - 1 anvil", "postlog unix-dgram n - n - 1 postlogd", "showq unix n - n - - showq", "flush unix n - n 1000? 0 flush"];
        File.WriteAllText(At("etc/master.cf"), $"127.0.0.1:{StartTlsPort} inet n - n - - smtpd\n  -o smtpd_tls_security_level=encrypt\n127.0.0.1:{TlsPort} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n{string.Join('\n', services)}\n");
    }

    private string At(string path) => Path.Combine(folder, path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    // they go on after their starter has ended, and must not hold our pipes
    private async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start("bash", ["-c", $"'{program}' {string.Join(' ', arguments)} </dev/null >>{At("said")} 2>&1"]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) Assert.Fail($"{program} {string.Join(' ', arguments)}: {await File.ReadAllTextAsync(At("said"))}");
    }

    private static async Task ListensAsync(int port)
    {
        for (var wait = 0; ; wait++)
            try { using var client = new TcpClient(); await client.ConnectAsync(IPAddress.Loopback, port); return; }
            catch (SocketException) when (wait < 100) { await Task.Delay(100); }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
