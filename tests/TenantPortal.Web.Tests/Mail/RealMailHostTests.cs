using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Mail.Smtp;

namespace TenantPortal.Web.Tests.Mail;

/// <summary>Against Debian's Postfix and Dovecot, each way of protecting the line and of signing in.</summary>
public sealed class RealMailHostTests(RealMailHost host) : IClassFixture<RealMailHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("smtps", "plain"), InlineData("smtps", "login"), InlineData("smtp", "auto"), InlineData("smtp", "xoauth2"), InlineData("smtps", "xoauth2")]
    public async Task A_letter_goes_through_Postfix_and_is_read_from_Dovecot(string scheme, string how)
    {
        Assert.SkipWhen(host.Missing is not null, host.Missing ?? "");
        var name = $"{scheme}-{how}-{Guid.NewGuid():n}";
        var mail = new MimeMessage { MessageId = $"<{name}@maple.example>", ThreadId = "<ticket-1@maple.example>", Date = TimeProvider.System.GetUtcNow(), FromName = "Maple für Acorn", From = "help@maple.example", ToName = "Eve Mill", To = RealMailHost.User, Subject = $"Drücker {name}", Text = ".\n..\nZeile mit Umlaut: ä\n", Html = "<p>ä</p>", IsAutomatic = true }.ToBytes();
        Assert.True((await To(scheme, how, how == "xoauth2" ? RealMailHost.Token() : RealMailHost.Password).SendAsync(new("acorn", Guid.NewGuid(), 1, DateTimeOffset.UnixEpoch, "help@maple.example", RealMailHost.User, mail), Cancel)).IsTaken);
        string arrived;
        while ((arrived = (await host.LettersAsync(1, Cancel)).Find(l => l.Contains(name, StringComparison.Ordinal)) ?? "").Length == 0) await Task.Delay(100, Cancel);
        // above it stands what the hosts wrote; below, every byte is ours
        Assert.EndsWith(System.Text.Encoding.ASCII.GetString(mail), arrived.TrimEnd() + "\r\n", StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_an_expired_word_and_a_stranger_are_told_apart()
    {
        Assert.SkipWhen(host.Missing is not null, host.Missing ?? "");
        Assert.Null(await To("smtps", "plain", RealMailHost.Password).TryAsync(Cancel));
        Assert.Contains($"does not accept the password of {RealMailHost.User}", await To("smtp", "plain", "wrong").TryAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains($"does not accept the access token of {RealMailHost.User}", await To("smtp", "xoauth2", RealMailHost.Token("mallory@acorn.example")[..^3] + "xyz").TryAsync(Cancel), StringComparison.Ordinal);
        var refused = await To("smtps", "none", "").SendAsync(new("acorn", Guid.NewGuid(), 1, DateTimeOffset.UnixEpoch, "help@maple.example", RealMailHost.User, "x"u8.ToArray()), Cancel);
        Assert.Equal((false, false), (refused.IsTaken, refused.MayTryAgain));
        Assert.Contains("554 5.7.1", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_ends_the_talk_before_the_password()
    {
        Assert.SkipWhen(host.Missing is not null, host.Missing ?? "");
        var transport = Smtp.To($"smtps://localhost:{host.TlsPort}", TimeProvider.System, ("PORTAL_SMTP_USER", RealMailHost.User), ("PORTAL_SMTP_SECRET_FILE", Secret(RealMailHost.Password)));
        Assert.Contains("is not trusted", (await Assert.ThrowsAsync<NotYetException>(() => transport.SendAsync(Smtp.Letter(RealMailHost.User, "x"), Cancel))).Message, StringComparison.Ordinal);
    }

    private SmtpTransport To(string scheme, string how, string secret) => Smtp.To($"{scheme}://localhost:{(scheme == "smtps" ? host.TlsPort : host.StartTlsPort)}", TimeProvider.System,
        [("PORTAL_SMTP_CA_FILE", host.Authority), ("PORTAL_SMTP_SIGN_IN", how), .. how == "none" ? Array.Empty<(string, string)>() : [("PORTAL_SMTP_USER", RealMailHost.User), ("PORTAL_SMTP_SECRET_FILE", Secret(secret))]]);

    private static string Secret(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        return file;
    }
}
