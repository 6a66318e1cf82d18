using Npgsql;

namespace TenantPortal.Web.Infrastructure;

/// <summary>What the operator sets, read once at start from the environment; a wrong value stops the start and names its setting.</summary>
public sealed record PortalSettings
{
    public required string Database { get; init; }
    /// <summary>The address people type, without a slash at the end; links in mails start with it.</summary>
    public required string Url { get; init; }
    public bool UrlIsLoopback => new Uri(Url).IsLoopback;
    public bool UrlIsHttps => new Uri(Url).Scheme == Uri.UriSchemeHttps;
    public required string KeyFile { get; init; }
    public required string ContentFolder { get; init; }
    public required string ThemesFolder { get; init; }
    /// <summary>Where the folder transport writes .eml files.</summary>
    public required string MailFolder { get; init; }
    /// <summary>Where figures and traces are sent by OTLP over HTTP; null: nowhere.</summary>
    public required Uri? Collector { get; init; }
    /// <summary>The bucket that attached files go to; null: they are kept in the database.</summary>
    public required Files.S3Settings? FilesS3 { get; init; }
    /// <summary>The mail host that letters are handed to; null: they are written to the folder.</summary>
    public required Mail.Smtp.SmtpSettings? Smtp { get; init; }
    /// <summary>The sender's address of every mail.</summary>
    public required string MailFrom { get; init; }
    /// <summary>One-click sign-in and the page of sent mails; only on loopback and with demo data.</summary>
    public required bool Demo { get; init; }
    /// <summary>Open minutes of silence after which a running guide is handed to a person.</summary>
    public required int SilentMinutes { get; init; }
    /// <summary>How long what was typed into a search is kept.</summary>
    public required TimeSpan SearchesKept { get; init; }

    /// <summary>The reverse proxies whose word about a visitor's address counts; nobody else's does.</summary>
    public required IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; }

    /// <summary>Where the portal may call out to: host names, and networks for addresses that are not public. Nothing listed: nowhere.</summary>
    public required Hooks.OutsideHosts OutsideHosts { get; init; }

    public static PortalSettings Read(IConfiguration configuration)
    {
        var root = ContentRoot();
        var settings = new PortalSettings
        {
            Database = DatabaseSetting(configuration),
            Url = (configuration["PORTAL_URL"] is { Length: > 0 } address ? address : "http://localhost:5080").TrimEnd('/'),
            KeyFile = configuration["PORTAL_KEY_FILE"] is { Length: > 0 } key ? key : throw Wrong("PORTAL_KEY_FILE", "is not set. Name a file outside the database and its backups that holds 32 random bytes; ./run makes one"),
            ContentFolder = Folder(configuration, "PORTAL_CONTENT", Path.Combine(root, "content"), "mail"),
            ThemesFolder = Folder(configuration, "PORTAL_THEMES", Path.Combine(root, "themes"), "default"),
            MailFolder = WritableFolder(configuration, "PORTAL_MAIL_FOLDER", Path.Combine(Path.GetTempPath(), "tenantportal-mail")),
            Collector = configuration["PORTAL_OTLP"] is not { Length: > 0 } collector ? null : Uri.TryCreate(collector, UriKind.Absolute, out var otlp) && otlp.Scheme is "http" or "https" ? otlp : throw Wrong("PORTAL_OTLP", "must be the address of a collector, such as http://collector.internal:4318"),
            FilesS3 = Files.S3Settings.Read(configuration, Wrong),
            Smtp = Mail.Smtp.SmtpSettings.Read(configuration, Wrong),
            MailFrom = configuration["PORTAL_MAIL_FROM"] ?? "",
            Demo = configuration["PORTAL_DEMO"] switch { "1" or "true" => true, null or "" or "0" or "false" => false, var other => throw Wrong("PORTAL_DEMO", $"is {other}; write 1 or 0") },
            SilentMinutes = int.TryParse(configuration["PORTAL_SILENT_MINUTES"] ?? "15", System.Globalization.CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= 1440 ? minutes : throw Wrong("PORTAL_SILENT_MINUTES", "must be a whole number of minutes from 1 to 1440"),
            SearchesKept = int.TryParse(configuration["PORTAL_SEARCH_DAYS"] ?? "90", System.Globalization.CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3650 ? TimeSpan.FromDays(days) : throw Wrong("PORTAL_SEARCH_DAYS", "must be a whole number of days from 1 to 3650"),
            Proxies = [.. (configuration["PORTAL_PROXIES"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Proxy)],
            OutsideHosts = Hooks.OutsideHosts.Parse(configuration["PORTAL_OUTSIDE_HOSTS"] ?? "") is var (hosts, wrong) && wrong is null ? hosts : throw Wrong("PORTAL_OUTSIDE_HOSTS", $"holds {wrong}; write host names such as events.pagerduty.com or *.webhook.office.com, and networks such as 10.1.0.0/16, divided by commas"),
        };
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0) throw Wrong("PORTAL_URL", "must be an address such as https://help.example.com");
        if (settings.Demo && !url.IsLoopback) throw Wrong("PORTAL_DEMO", "lets anyone sign in as anyone, so it works only with a PORTAL_URL on localhost");
        if (settings.MailFrom.Length == 0) return settings with { MailFrom = "help@" + url.Host };
        return Mail.MailHeaders.Address(settings.MailFrom) is { } from ? settings with { MailFrom = from } : throw Wrong("PORTAL_MAIL_FROM", "must be one mail address such as help@example.com");
    }

    private static string DatabaseSetting(IConfiguration configuration)
    {
        var text = configuration["PORTAL_DB"] is { Length: > 0 } set ? set : throw Wrong("PORTAL_DB", "is not set. Give the connection string of the app's role, such as Host=…;Database=portal;Username=portal_app;Password=…");
        NpgsqlConnectionStringBuilder builder;
        try { builder = new(text); }
        catch (ArgumentException e) { throw Wrong("PORTAL_DB", "is not a connection string: " + e.Message); }
        if (builder.NoResetOnClose) throw Wrong("PORTAL_DB", "sets No Reset On Close, with which a pooled connection could carry one client's scope into another's request. Remove it");
        if (builder.Multiplexing) throw Wrong("PORTAL_DB", "sets Multiplexing, which mixes the statements of several clients on one connection. Remove it");
        builder.KeepAlive = builder.KeepAlive == 0 ? 30 : builder.KeepAlive;
        // together at most five seconds: a statement that is given up is first reported to the server over a new connection, with TLS tried and without
        builder.CommandTimeout = Math.Min(builder.CommandTimeout, 3);
        builder.Timeout = 1;
        builder.CancellationTimeout = -1;
        if (builder.SslMode == SslMode.Prefer && IsThisMachine(builder.Host)) builder.SslMode = SslMode.Disable;
        // parsing and planning cost more than most of our statements; a server behind a pooler that cannot keep them prepared sets 0
        if (!builder.ShouldSerialize("Max Auto Prepare")) builder.MaxAutoPrepare = 200;
        builder.ApplicationName ??= "tenantportal";
        return builder.ConnectionString;
    }

    private static System.Net.IPNetwork Proxy(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : System.Net.IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw Wrong("PORTAL_PROXIES", $"holds {text}; name the proxies by address or network, such as 10.0.0.5, 10.1.0.0/16, divided by commas");

    private static bool IsThisMachine(string? host) => host is "localhost" || host?.StartsWith('/') == true || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private static string Folder(IConfiguration configuration, string setting, string otherwise, string needed)
    {
        var folder = configuration[setting] is { Length: > 0 } set ? set : otherwise;
        if (!Directory.Exists(folder)) throw Wrong(setting, $"names {folder}, which is not a folder");
        return Directory.Exists(Path.Combine(folder, needed)) ? Path.GetFullPath(folder) : throw Wrong(setting, $"names {folder}, which has no folder {needed}");
    }

    // found out now, and not with the first mail
    private static string WritableFolder(IConfiguration configuration, string setting, string otherwise)
    {
        var folder = configuration[setting] is { Length: > 0 } set ? set : otherwise;
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():n}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return Path.GetFullPath(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException) { throw Wrong(setting, $"names {folder}, which cannot be written: {e.Message.TrimEnd('.')}"); }
    }

    // next to the published program, or at the top of the checkout
    private static string ContentRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "content", "packs")) && Directory.Exists(Path.Combine(folder.FullName, "themes"))) return folder.FullName;
        return AppContext.BaseDirectory;
    }

    private static InvalidOperationException Wrong(string setting, string why) => new($"{setting} {why}.");
}
