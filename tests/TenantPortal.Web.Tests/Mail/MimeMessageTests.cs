using System.Text;
using System.Text.RegularExpressions;
using TenantPortal.Web.Infrastructure.Mail;

namespace TenantPortal.Web.Tests.Mail;

public sealed class MimeMessageTests
{
    public static TheoryData<string> Hostile { get; } =
    [
        "Eve\r\nBcc: all@victims.example", "Eve\nBcc: all@victims.example", "Eve\rBcc: all@victims.example", "Eve\r\n\r\n<script>", "Eve\u0085Bcc: x@y.example", "Eve\u2028Bcc: x@y.example", "Eve\0Bcc: x@y.example",
        "Eve\r\n Bcc: folded@victims.example", "\"Eve\" <other@victims.example>", "Eve\\\" <x@y.example>, \"", "=?utf-8?B?DQpCY2M6IGFAYi5j?=", "=?utf-8?Q?=0D=0ABcc:_a@b.c?=", "Zoë Ünal 日本語 \r\nBcc: x@y.example", "x", new string('a', 2000), string.Join('é', Enumerable.Repeat("word", 300)),
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void No_name_or_subject_can_add_a_header_or_a_recipient(string text)
    {
        var (headers, _) = Split(Letter(text, text));
        Assert.Equal(["Message-ID", "Date", "From", "To", "Subject", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"], headers.Select(h => h.Name));
        Assert.EndsWith("<eve@acorn.example>", Unfolded(headers, "To"));
        Assert.Equal(1, Regex.Count(WithoutQuoted(Unfolded(headers, "To")), "<"));
    }

    [Theory, MemberData(nameof(Hostile))]
    public void Every_line_is_short_and_ascii(string text)
    {
        var mail = Letter(text, text);
        Assert.All(mail, b => Assert.InRange(b, (byte)9, (byte)126));
        var lines = Encoding.ASCII.GetString(mail).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain(lines, line => line.Contains('\n') || line.Contains('\r'));
    }

    [Theory]
    [InlineData("Zoë Ünal – 日本語 and a good many more words than go on one line of a header")]
    [InlineData("A plain subject")]
    [InlineData("=?utf-8?B?Zm9v?= as it was typed")]
    public void A_subject_is_read_as_it_was_written(string subject) => Assert.Equal(subject, Decoded(Unfolded(Split(Letter(subject, "Eve")).Headers, "Subject")));

    [Fact]
    public void Text_is_read_as_it_was_written()
    {
        var text = "Hello Zoë,\n\n.a dot first\nFrom a line\nends with a blank \n" + new string('x', 300) + "\na=b\nüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü";
        var part = Encoding.ASCII.GetString(Letter("s", "n", text)).Split("quoted-printable\r\n\r\n")[1].Split("\r\n--=_")[0];
        Assert.Equal(text, QuotedPrintable(part));
    }

    [Fact]
    public void The_same_letter_has_the_same_bytes() => Assert.Equal(Letter("a", "b"), Letter("a", "b"));

    [Theory]
    [InlineData("eve@acorn.example", "eve@acorn.example")]
    [InlineData("eve@bücher.example", "eve@xn--bcher-kva.example")]
    [InlineData("o'neil+help@acorn.example", "o'neil+help@acorn.example")]
    [InlineData("eve@acorn.example\r\nBcc: x@y.example", null)]
    [InlineData("eve@acorn.example>, <x@y.example", null)]
    [InlineData("eve@acorn.example,x@y.example", null)]
    [InlineData("eve", null)]
    [InlineData("@acorn.example", null)]
    [InlineData("eve mill@acorn.example", null)]
    [InlineData("eve@", null)]
    public void Only_one_plain_address_is_an_address(string text, string? address) => Assert.Equal(address, MailHeaders.Address(text));

    private static byte[] Letter(string subject, string name, string text = "Hello") => new MimeMessage
    {
        MessageId = "<1@maple.example>", ThreadId = "<ticket-1@maple.example>", Date = new(2030, 1, 7, 9, 0, 0, TimeSpan.FromHours(1)), FromName = name, From = "help@maple.example", ToName = name, To = "eve@acorn.example",
        Subject = subject, Text = text, Html = "<p>Hello</p>", IsAutomatic = true,
    }.ToBytes();

    private static (List<(string Name, string Value)> Headers, string Body) Split(byte[] mail)
    {
        var text = Encoding.ASCII.GetString(mail);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Regex.Replace(text[..end], "\r\n ", " ");
        return ([.. unfolded.Split("\r\n").Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim()))], text[(end + 4)..]);
    }

    private static string Unfolded(List<(string Name, string Value)> headers, string name) => headers.Single(h => h.Name == name).Value;

    private static string WithoutQuoted(string value) => Regex.Replace(value, "\"(\\\\.|[^\"\\\\])*\"", "");

    private static string Decoded(string value) => Regex.Replace(Regex.Replace(value, @"\?= =\?utf-8\?B\?", "?==?utf-8?B?"), @"=\?utf-8\?B\?([^?]*)\?=", m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)));

    private static string QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\r\n", "");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r') continue;
            if (text[i] == '=') { bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]); i += 2; }
            else bytes.Add((byte)text[i]);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
