using System.Globalization;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>A finished letter: everything that goes into its bytes. The same letter always gives the same bytes.</summary>
public sealed record MimeMessage
{
    public required string MessageId { get; init; }
    /// <summary>The same for every mail about one ticket, so that they stand together in a mailbox.</summary>
    public string? ThreadId { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required string FromName { get; init; }
    public required string From { get; init; }
    public required string ToName { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
    public required bool IsAutomatic { get; init; }

    public byte[] ToBytes()
    {
        var boundary = "=_" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(MessageId)))[..24];
        var mail = new StringBuilder(8192);
        mail.Append(CultureInfo.InvariantCulture, $"Message-ID: {MessageId}\r\n").Append(MailHeaders.Date(Date));
        mail.Append(MailHeaders.Mailbox("From", FromName, From)).Append(MailHeaders.Mailbox("To", ToName, To)).Append(MailHeaders.Text("Subject", Subject));
        if (ThreadId is not null) mail.Append(CultureInfo.InvariantCulture, $"In-Reply-To: {ThreadId}\r\nReferences: {ThreadId}\r\n");
        // tells mailboxes not to answer with an absence note (RFC 3834)
        if (IsAutomatic) mail.Append("Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n");
        AppendPart(mail, boundary, "text/plain", Text);
        AppendPart(mail, boundary, "text/html", Html);
        return Encoding.ASCII.GetBytes(mail.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n").ToString());
    }

    private static void AppendPart(StringBuilder mail, string boundary, string type, string text)
    {
        mail.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')) AppendLine(mail, line);
    }

    // quoted-printable, RFC 2045 section 6.7: at most 76 characters a line, a soft break never splits a byte, no blank ends a line
    private static void AppendLine(StringBuilder mail, string line)
    {
        var length = 0;
        var bytes = Encoding.UTF8.GetBytes(line);
        for (var i = 0; i < bytes.Length; i++)
        {
            var plain = bytes[i] is >= 33 and <= 126 and not (byte)'=' || (bytes[i] is (byte)' ' or (byte)'\t' && i < bytes.Length - 1);
            var item = plain ? ((char)bytes[i]).ToString() : $"={bytes[i]:X2}";
            if (length + item.Length > 75) { mail.Append("=\r\n"); length = 0; }
            // a dot alone at a line's start would need stuffing on the wire, and "From " quoting in mailboxes
            if (length == 0 && bytes[i] is ((byte)'.' or (byte)'F')) item = $"={bytes[i]:X2}";
            mail.Append(item);
            length += item.Length;
        }
        mail.Append("\r\n");
    }
}
