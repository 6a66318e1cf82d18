using System.Text;
using Microsoft.Extensions.Configuration;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Mail.Smtp;

namespace TenantPortal.Web.Tests.Mail;

/// <summary>Our side of the talk with a mail host: what counts as taken, what is tried again, and what nobody knows.</summary>
public sealed class SmtpTransportTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("portal-smtp").FullName;
    private readonly Clock clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_letter_arrives_byte_for_byte_with_lines_of_dots()
    {
        using var host = new ScriptedHost();
        var letter = Letter("Subject: x\r\n\r\n.\r\n..two\r\nend without a line's end.");
        Assert.True((await To(host).SendAsync(letter, Cancel)).IsTaken);
        Assert.Equal(Encoding.ASCII.GetString(letter.Bytes) + "\r\n", Assert.Single(host.Letters));
    }

    [Theory]
    [InlineData("RCPT", "550 no such mailbox", false), InlineData("RCPT", "452 mailbox full", true), InlineData("MAIL", "553 not your address", false), InlineData("DATA", "451 later", true), InlineData("DOT", "554 refused", false), InlineData("DOT", "421 closing", true)]
    public async Task A_refusal_says_what_the_host_said_and_whether_it_is_tried_again(string at, string answer, bool again)
    {
        using var host = new ScriptedHost(command => command.StartsWith(at, StringComparison.Ordinal) ? answer : "");
        var delivery = await To(host).SendAsync(Letter("x"), Cancel);
        Assert.Equal((false, again), (delivery.IsTaken, delivery.MayTryAgain));
        Assert.Contains(answer, delivery.Why, StringComparison.Ordinal);
        Assert.Empty(host.Letters);
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_end_is_tried_again_and_one_that_breaks_after_it_is_uncertain()
    {
        using var before = new ScriptedHost(command => command == "DATA" ? null : "");
        Assert.True((await To(before).SendAsync(Letter("x"), Cancel)).MayTryAgain);
        using var after = new ScriptedHost(command => command == "DOT" ? null : "");
        await Assert.ThrowsAnyAsync<IOException>(() => To(after).SendAsync(Letter("x"), Cancel));
    }

    [Theory]
    [InlineData("plain", "AUTH PLAIN AGFubmEAc2VjcmV0"), InlineData("login", "c2VjcmV0"), InlineData("xoauth2", "AUTH XOAUTH2 dXNlcj1hbm5hAWF1dGg9QmVhcmVyIHNlY3JldAEB")]
    public async Task Each_way_of_signing_in_is_spoken_as_its_standard_says(string how, string said)
    {
        var heard = new List<string>();
        using var host = new ScriptedHost(command => { heard.Add(command); return command == "AUTH LOGIN" ? "334 VXNlcm5hbWU6" : command == "YW5uYQ==" ? "334 UGFzc3dvcmQ6" : command == "c2VjcmV0" ? "235 in" : ""; });
        Assert.True((await To(host, ("PORTAL_SMTP_USER", "anna"), ("PORTAL_SMTP_SECRET_FILE", Secret("secret\n")), ("PORTAL_SMTP_SIGN_IN", how)).SendAsync(Letter("x"), Cancel)).IsTaken);
        Assert.Contains(said, heard);
    }

    [Fact]
    public async Task A_wrong_password_is_said_clearly_and_letters_wait_for_the_right_one_which_needs_no_restart()
    {
        using var host = new ScriptedHost(command => command.StartsWith("AUTH", StringComparison.Ordinal) ? command.EndsWith("AGFubmEAcmlnaHQ=", StringComparison.Ordinal) ? "235 in" : "535 5.7.8 authentication failed" : "");
        var file = Secret("wrong");
        var transport = To(host, ("PORTAL_SMTP_USER", "anna"), ("PORTAL_SMTP_SECRET_FILE", file));
        var refused = await Assert.ThrowsAsync<NotYetException>(() => transport.SendAsync(Letter("x"), Cancel));
        Assert.Contains("does not accept the password of anna: 535 5.7.8", refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, await transport.TryAsync(Cancel), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "right", Cancel);
        clock.PutForward(TimeSpan.FromMinutes(2));
        Assert.True((await transport.SendAsync(Letter("x"), Cancel)).IsTaken);
    }

    [Fact]
    public async Task What_was_said_before_the_protected_line_began_is_not_believed()
    {
        using var host = new ScriptedHost(command => command == "STARTTLS" ? "220 ready\r\n235 you are in\r\n250 taken" : "");
        var refused = await Assert.ThrowsAsync<NotYetException>(() => To(host, ("PORTAL_SMTP_SECURITY", "starttls")).SendAsync(Letter("x"), Cancel));
        Assert.Contains("Somebody may stand between", refused.Message, StringComparison.Ordinal);
        using var without = new ScriptedHost(command => command.StartsWith("EHLO", StringComparison.Ordinal) ? "250 test" : "");
        Assert.Contains("offers no STARTTLS, so nothing was sent", (await Assert.ThrowsAsync<NotYetException>(() => To(without, ("PORTAL_SMTP_SECURITY", "starttls")).SendAsync(Letter("x"), Cancel))).Message, StringComparison.Ordinal);
        Assert.Empty(without.Letters);
    }

    [Fact]
    public async Task A_host_that_is_down_is_asked_once_a_minute_however_many_letters_wait()
    {
        using var host = new ScriptedHost(_ => null);
        var transport = To(host);
        for (var minute = 0; minute < 30; minute++)
        {
            for (var letter = 0; letter < 40; letter++) Assert.True((await Assert.ThrowsAsync<NotYetException>(() => transport.SendAsync(Letter("x"), Cancel))).Delay <= TimeSpan.FromMinutes(1));
            clock.PutForward(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        }
        Assert.Equal(30, host.Connections);
        host.Answer = _ => "";
        Assert.True((await transport.SendAsync(Letter("x"), Cancel)).IsTaken);
    }

    [Fact]
    public async Task Letters_leave_at_the_pace_that_was_set()
    {
        using var host = new ScriptedHost();
        var transport = To(host, ("PORTAL_SMTP_PER_MINUTE", "60"));
        var (taken, later) = (0, 0);
        for (var letter = 0; letter < 30; letter++)
            try { if ((await transport.SendAsync(Letter("x"), Cancel)).IsTaken) taken++; }
            catch (NotYetException) { later++; }
        Assert.InRange(taken, 10, 20);
        Assert.Equal(30, taken + later);
        clock.PutForward(TimeSpan.FromSeconds(30));
        Assert.True((await transport.SendAsync(Letter("x"), Cancel)).IsTaken);
    }

    [Theory]
    [InlineData("PORTAL_SMTP", "smtp://anna:secret@mail.example"), InlineData("PORTAL_SMTP", "http://mail.example"), InlineData("PORTAL_SMTP_SECURITY", "ssl"), InlineData("PORTAL_SMTP_SIGN_IN", "ntlm"), InlineData("PORTAL_SMTP_USER", "anna"), InlineData("PORTAL_SMTP_SECRET_FILE", "/nowhere"), InlineData("PORTAL_SMTP_PER_MINUTE", "0"), InlineData("PORTAL_SMTP_CA_FILE", "/nowhere")]
    public void A_wrong_setting_is_named(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["PORTAL_SMTP"] = "mail.example", [setting] = value }).Build();
        var wrong = Assert.Throws<InvalidOperationException>(() => SmtpSettings.Read(configuration, (name, why) => new InvalidOperationException($"{name} {why}.")));
        Assert.Contains("PORTAL_SMTP", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", wrong.Message, StringComparison.Ordinal);
    }

    private string Secret(string text)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("n"));
        File.WriteAllText(file, text);
        return file;
    }

    private SmtpTransport To(ScriptedHost host, params (string Key, string Value)[] settings) => Smtp.To($"smtp://127.0.0.1:{host.Port}", clock, [("PORTAL_SMTP_SECURITY", "none"), .. settings]);

    private static Letter Letter(string text) => Smtp.Letter("eve@acorn.example", text);
}

internal static class Smtp
{
    public static SmtpTransport To(string address, TimeProvider time, params (string Key, string Value)[] settings)
    {
        var key = Path.GetTempFileName();
        var values = new Dictionary<string, string?> { ["PORTAL_DB"] = "Host=localhost", ["PORTAL_KEY_FILE"] = key, ["PORTAL_SMTP"] = address };
        foreach (var (name, value) in settings) values[name] = value;
        var read = PortalSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        File.Delete(key);
        return new(read, time);
    }

    public static Letter Letter(string to, string text) => new("acorn", Guid.CreateVersion7(), 1, DateTimeOffset.UnixEpoch, "help@maple.example", to, Encoding.ASCII.GetBytes(text));
}
