using System.Globalization;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Header fields of RFC 5322 with the words of RFC 2047. No value can end its line: control characters become spaces before anything else is done.</summary>
public static class MailHeaders
{
    private const int LineLength = 76, EncodedBytes = 42;

    public static string Text(string name, string value)
    {
        var clean = OneLine(value);
        return Fold(name, NeedsEncoding(clean) ? EncodedWords(clean) : [.. clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    public static string Mailbox(string name, string person, string address)
    {
        var clean = OneLine(person);
        if (clean.Length == 0) return Fold(name, [$"<{address}>"]);
        return Fold(name, clean.Length > 60 || NeedsEncoding(clean) ? [.. EncodedWords(clean), $"<{address}>"] : [$"\"{clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", $"<{address}>"]);
    }

    /// <summary>The address as it may stand in a header and an envelope, its domain in ASCII; null when it is none.</summary>
    public static string? Address(string text)
    {
        var at = text.LastIndexOf('@');
        if (at is < 1 or > 64 || text.Length > 254 || text[..at].Any(c => c is <= ' ' or >= '\x7f' or '"' or '(' or ')' or ',' or ':' or ';' or '<' or '>' or '@' or '[' or ']' or '\\')) return null;
        var domain = text[(at + 1)..];
        if (domain.Length == 0 || domain.Any(char.IsWhiteSpace)) return null;
        try { domain = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain); }
        catch (ArgumentException) { return null; }
        return $"{text[..at]}@{domain}";
    }

    public static string Date(DateTimeOffset at) => "Date: " + at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH':'mm':'ss '+0000'", CultureInfo.InvariantCulture) + "\r\n";

    /// <summary>One line of text: whatever a reader might take for the end of a line is a space.</summary>
    public static string OneLine(string text) => string.Create(text.Length, text, (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
    }).Trim();

    private static bool NeedsEncoding(string text) => text.Any(c => c > '~') || text.Contains("=?", StringComparison.Ordinal) || text.Split(' ').Any(word => word.Length > 60);

    private static List<string> EncodedWords(string text)
    {
        var words = new List<string>();
        var bytes = new List<byte>();
        var rune = new byte[4];
        foreach (var r in text.EnumerateRunes())
        {
            var length = r.EncodeToUtf8(rune);
            if (bytes.Count + length > EncodedBytes) { words.Add(Encoded(bytes)); bytes.Clear(); }
            bytes.AddRange(rune.AsSpan(0, length));
        }
        if (bytes.Count > 0) words.Add(Encoded(bytes));
        return words;
    }

    private static string Encoded(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    private static string Fold(string name, List<string> words)
    {
        var text = new StringBuilder(name).Append(':');
        var length = text.Length;
        foreach (var word in words)
        {
            if (length + 1 + word.Length > LineLength && length > name.Length + 1) { text.Append("\r\n"); length = 0; }
            text.Append(' ').Append(word);
            length += 1 + word.Length;
        }
        return text.Append("\r\n").ToString();
    }
}
