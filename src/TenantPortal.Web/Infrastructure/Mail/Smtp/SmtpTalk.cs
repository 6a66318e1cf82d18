using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Mail.Smtp;

/// <summary>The mail host cannot be used now, with a sentence for the operator; nothing of a letter has been handed over.</summary>
public sealed class SmtpUnusableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Gets a line to the mail host into the state in which letters may be handed over: greeted, protected, signed in.</summary>
public static class SmtpTalk
{
    public static async Task<SmtpLine> BeginAsync(SmtpSettings settings, CancellationToken cancel)
    {
        var where = $"{settings.Host}:{settings.Port}";
        SmtpLine? line = null;
        try
        {
            line = await SmtpLine.OpenAsync(settings.Host, settings.Port, cancel);
            if (settings.Security == SmtpSecurity.Tls) await SecureAsync(line, settings, cancel);
            var greeting = await line.HearAsync(cancel);
            if (!greeting.IsGood) throw new SmtpUnusableException($"The mail host {where} does not take letters now: {greeting.Words}");
            var offers = await HelloAsync(line, where, cancel);
            if (settings.Security == SmtpSecurity.StartTls)
            {
                if (!Offers(offers, "STARTTLS")) throw new SmtpUnusableException($"The mail host {where} offers no STARTTLS, so nothing was sent. Use smtps:// or ask whoever runs it.");
                var ready = await line.AskAsync("STARTTLS", cancel);
                if (!ready.IsGood) throw new SmtpUnusableException($"The mail host {where} refused STARTTLS: {ready.Words}");
                await SecureAsync(line, settings, cancel);
                offers = await HelloAsync(line, where, cancel);
            }
            if (settings is { User: { } user, SignIn: not SmtpSignIn.None }) await SignInAsync(line, settings, user, offers, cancel);
            return line;
        }
        catch (Exception e)
        {
            if (line is not null) await line.DisposeAsync();
            throw e switch
            {
                SmtpUnusableException => e,
                SocketException => new SmtpUnusableException($"The mail host {where} cannot be reached: {e.Message}", e),
                AuthenticationException => new SmtpUnusableException($"The certificate of the mail host {where} is not trusted: {e.Message} If the host has a private authority, name it in PORTAL_SMTP_CA_FILE.", e),
                OperationCanceledException => new SmtpUnusableException($"The mail host {where} did not answer in time.", e),
                IOException => new SmtpUnusableException($"The line to the mail host {where} broke: {e.Message}", e),
                _ => e,
            };
        }
    }

    private static Task SecureAsync(SmtpLine line, SmtpSettings settings, CancellationToken cancel) => line.SecureAsync(settings.Host, settings.AuthorityFile is { } file ? SmtpSettings.Authorities(file) : null, cancel);

    private static async Task<IReadOnlyList<string>> HelloAsync(SmtpLine line, string where, CancellationToken cancel)
    {
        // an address literal is lawful where a host has no name in the world (RFC 5321 section 4.1.4)
        var reply = await line.AskAsync("EHLO [127.0.0.1]", cancel);
        return reply.IsGood ? reply.Lines : throw new SmtpUnusableException($"The mail host {where} refused our greeting: {reply.Words}");
    }

    private static async Task SignInAsync(SmtpLine line, SmtpSettings settings, string user, IReadOnlyList<string> offers, CancellationToken cancel)
    {
        var secret = settings.Secret() is { Length: > 0 } read ? read : throw new SmtpUnusableException($"{settings.SecretFile} is empty; it holds the mail password, or the access token for xoauth2.");
        var known = offers.FirstOrDefault(o => o.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase))?.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries)[1..] ?? [];
        bool Knows(string way) => known.Contains(way, StringComparer.OrdinalIgnoreCase);
        var how = settings.SignIn != SmtpSignIn.Auto ? settings.SignIn : Knows("PLAIN") ? SmtpSignIn.Plain : Knows("LOGIN") ? SmtpSignIn.Login : throw new SmtpUnusableException(known.Length == 0 ? "The mail host offers no sign-in on this line. Unset PORTAL_SMTP_USER, or use its submission port." : $"The mail host offers only {string.Join(", ", known)}; PORTAL_SMTP_SIGN_IN names one that we speak: plain, login, xoauth2.");
        var reply = how switch
        {
            SmtpSignIn.Plain => await line.AskAsync("AUTH PLAIN " + Base64($"\0{user}\0{secret}"), cancel),
            SmtpSignIn.Login => await LoginAsync(line, user, secret, cancel),
            SmtpSignIn.XOAuth2 => await TokenAsync(line, user, secret, cancel),
            SmtpSignIn.Auto or SmtpSignIn.None => throw new InvalidOperationException("A way was chosen above."),
        };
        if (reply.Code != 235) throw new SmtpUnusableException(reply.Code is 535 or 534 or 530 or 538 ? $"The mail host does not accept the {(how == SmtpSignIn.XOAuth2 ? "access token" : "password")} of {user}: {reply.Words}. Correct {settings.SecretFile}; letters wait meanwhile." : $"The mail host refused the sign-in of {user}: {reply.Words}");
    }

    private static async Task<SmtpReply> LoginAsync(SmtpLine line, string user, string secret, CancellationToken cancel)
    {
        var reply = await line.AskAsync("AUTH LOGIN", cancel);
        if (reply.Code == 334) reply = await line.AskAsync(Base64(user), cancel);
        return reply.Code == 334 ? await line.AskAsync(Base64(secret), cancel) : reply;
    }

    // on failure the host sends its reason as a challenge first, which is answered by an empty line
    private static async Task<SmtpReply> TokenAsync(SmtpLine line, string user, string token, CancellationToken cancel)
    {
        var reply = await line.AskAsync("AUTH XOAUTH2 " + Base64($"user={user}\u0001auth=Bearer {token}\u0001\u0001"), cancel);
        return reply.Code == 334 ? await line.AskAsync("", cancel) : reply;
    }

    private static bool Offers(IReadOnlyList<string> offers, string what) => offers.Any(o => o.Trim().Equals(what, StringComparison.OrdinalIgnoreCase));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
