using System.Text;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>The two texts of one of our own letters, read back from its frozen bytes.</summary>
public sealed record FrozenMail(string Text, string Html)
{
    public static FrozenMail Read(byte[] bytes)
    {
        var mail = Encoding.ASCII.GetString(bytes);
        return new(Part(mail, "text/plain"), Part(mail, "text/html"));
    }

    private static string Part(string mail, string type)
    {
        var head = mail.IndexOf($"\r\nContent-Type: {type};", StringComparison.Ordinal);
        if (head < 0) return "";
        var start = mail.IndexOf("\r\n\r\n", head, StringComparison.Ordinal) + 4;
        var end = mail.IndexOf("\r\n--=_", start, StringComparison.Ordinal);
        return Decode(mail[start..(end < 0 ? mail.Length : end)]);
    }

    // quoted-printable, RFC 2045 section 6.7
    private static string Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=' || i + 2 >= text.Length) { bytes.Add((byte)text[i]); continue; }
            if (text[i + 1] != '\r') bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
            i += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
