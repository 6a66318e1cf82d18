using System.Security.Cryptography.X509Certificates;

namespace TenantPortal.Web.Infrastructure.Mail.Smtp;

/// <summary>How the line to the mail host is protected: from its first byte, from STARTTLS on, or not at all.</summary>
public enum SmtpSecurity { Tls, StartTls, None }

/// <summary>How we prove who we are; Auto takes the best that the host offers.</summary>
public enum SmtpSignIn { Auto, Plain, Login, XOAuth2, None }

/// <summary>The operator's mail host. Secret and authority are read from their files for each connection, so that a renewed one counts without a restart.</summary>
public sealed record SmtpSettings
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required SmtpSecurity Security { get; init; }
    public required SmtpSignIn SignIn { get; init; }
    public string? User { get; init; }
    /// <summary>Holds the password, or for XOAUTH2 the access token.</summary>
    public string? SecretFile { get; init; }
    /// <summary>Certificates (PEM) that are trusted besides the machine's own, for a mail host with a private authority.</summary>
    public string? AuthorityFile { get; init; }
    /// <summary>At most so many letters a minute from this process.</summary>
    public required int PerMinute { get; init; }

    /// <summary>Null where no host is set: then letters are written to the folder.</summary>
    public static SmtpSettings? Read(IConfiguration configuration, Func<string, string, Exception> wrong)
    {
        if (configuration["PORTAL_SMTP"] is not { Length: > 0 } text) return null;
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "smtp://" + text, UriKind.Absolute, out var address) || address.Scheme is not ("smtp" or "smtps") || address.Host.Length == 0 || address.PathAndQuery.Length > 1)
            throw wrong("PORTAL_SMTP", "must be the mail host, such as smtp://mail.example.com:587 (STARTTLS) or smtps://mail.example.com (TLS from the start)");
        if (address.UserInfo.Length > 0) throw wrong("PORTAL_SMTP", "holds a name or password, which would show in lists of processes. Set PORTAL_SMTP_USER and PORTAL_SMTP_SECRET_FILE");
        var isTls = address.Scheme == "smtps";
        var settings = new SmtpSettings
        {
            Host = address.Host, Port = address.Port > 0 ? address.Port : isTls ? 465 : 587,
            Security = (configuration["PORTAL_SMTP_SECURITY"], isTls) switch { (null or "", true) or ("tls", _) => SmtpSecurity.Tls, (null or "" or "starttls", _) => SmtpSecurity.StartTls, ("none", false) => SmtpSecurity.None, var (other, _) => throw wrong("PORTAL_SMTP_SECURITY", $"is {other}; write tls, starttls or none") },
            SignIn = configuration["PORTAL_SMTP_SIGN_IN"] switch { null or "" or "auto" => SmtpSignIn.Auto, "plain" => SmtpSignIn.Plain, "login" => SmtpSignIn.Login, "xoauth2" => SmtpSignIn.XOAuth2, "none" => SmtpSignIn.None, var other => throw wrong("PORTAL_SMTP_SIGN_IN", $"is {other}; write auto, plain, login, xoauth2 or none") },
            User = configuration["PORTAL_SMTP_USER"] is { Length: > 0 } user ? user : null, SecretFile = Existing(configuration, "PORTAL_SMTP_SECRET_FILE", wrong), AuthorityFile = Existing(configuration, "PORTAL_SMTP_CA_FILE", wrong),
            PerMinute = int.TryParse(configuration["PORTAL_SMTP_PER_MINUTE"] ?? "120", System.Globalization.CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 100_000 ? rate : throw wrong("PORTAL_SMTP_PER_MINUTE", "must be a whole number of letters from 1 to 100000"),
        };
        if (settings.User is null != settings.SecretFile is null) throw wrong(settings.User is null ? "PORTAL_SMTP_USER" : "PORTAL_SMTP_SECRET_FILE", "is not set, but its partner is: name and secret go together");
        if (settings.User is null && settings.SignIn is not (SmtpSignIn.Auto or SmtpSignIn.None)) throw wrong("PORTAL_SMTP_SIGN_IN", "asks for a sign-in, but PORTAL_SMTP_USER and PORTAL_SMTP_SECRET_FILE are not set");
        if (settings.Security == SmtpSecurity.None && settings.User is not null && !address.IsLoopback) throw wrong("PORTAL_SMTP_SECURITY", "is none, which would send the password readable over the network. Use starttls or tls");
        if (settings.AuthorityFile is { } authority) try { _ = Authorities(authority); } catch (System.Security.Cryptography.CryptographicException e) { throw wrong("PORTAL_SMTP_CA_FILE", $"names {authority}, which holds no certificate: {e.Message.TrimEnd('.')}"); }
        return settings;
    }

    public string? Secret() => SecretFile is null ? null : File.ReadAllText(SecretFile).Trim('\r', '\n', ' ');

    public static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new System.Security.Cryptography.CryptographicException("no certificate in it");
    }

    private static string? Existing(IConfiguration configuration, string setting, Func<string, string, Exception> wrong) =>
        configuration[setting] is not { Length: > 0 } file ? null : File.Exists(file) ? file : throw wrong(setting, $"names {file}, which does not exist");
}
