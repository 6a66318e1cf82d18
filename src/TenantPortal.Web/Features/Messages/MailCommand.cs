using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Mail.Smtp;

namespace TenantPortal.Web.Features.Messages;

/// <summary>./portal mail try [ADDRESS]</summary>
public static class MailCommand
{
    public const string Usage = """
          mail try [ADDRESS]           signs in at the mail host; with an address, sends one letter there
        """;

    public static async Task<int> RunAsync(string[] options, CancellationToken cancel)
    {
        if (options is not (["try"] or ["try", _])) throw new InvalidOperationException($"Write:\n{Usage}");
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        var settings = app.Services.GetRequiredService<PortalSettings>();
        if (settings.Smtp is not { } host) throw new InvalidOperationException($"PORTAL_SMTP is not set: letters are written to {settings.MailFolder}.");
        if (await app.Services.GetRequiredService<SmtpTransport>().TryAsync(cancel) is { } trouble) throw new InvalidOperationException(trouble);
        Console.WriteLine($"{host.Host}:{host.Port} takes our letters ({host.Security}{(host.User is { } user ? $", signed in as {user}" : "")}).");
        if (options is ["try", var to]) await SendAsync(app.Services, settings, to, cancel);
        return 0;
    }

    private static async Task SendAsync(IServiceProvider services, PortalSettings settings, string to, CancellationToken cancel)
    {
        var address = MailHeaders.Address(to) ?? throw new InvalidOperationException($"{to} is not a mail address.");
        var (id, now) = (Guid.CreateVersion7(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var words = $"This is the letter that ./portal mail try sends. {settings.Url} can reach you.";
        var bytes = new MimeMessage { MessageId = $"<{id:n}@{settings.MailFrom[(settings.MailFrom.LastIndexOf('@') + 1)..]}>", Date = now, FromName = "TenantPortal", From = settings.MailFrom, ToName = "", To = address, Subject = "The portal's mail works", Text = words, Html = $"<p>{System.Net.WebUtility.HtmlEncode(words)}</p>", IsAutomatic = true }.ToBytes();
        var delivery = await services.GetRequiredService<SmtpTransport>().SendAsync(new("", id, 1, now, settings.MailFrom, address, bytes), cancel);
        Console.WriteLine(delivery.IsTaken ? $"A letter to {address} was handed over." : throw new InvalidOperationException(delivery.Why));
    }
}
