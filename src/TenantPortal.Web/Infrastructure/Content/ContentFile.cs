using System.Security.Cryptography;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>One file of a pack or client, read within its limits: UTF-8 text with LF line ends, or bytes.</summary>
public sealed class ContentFile
{
    public const int MostBytes = 64 * 1024;
    public const int MostTicketBytes = 8 * 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ContentProblems problems;

    private ContentFile(string name, ContentProblems problems) => (Name, this.problems) = (name, problems);

    /// <summary>The path inside the pack or client, with slashes: what a problem names.</summary>
    public string Name { get; }
    public byte[] Bytes { get; private init; } = [];
    /// <summary>Its refs are another system's, which names things as it likes.</summary>
    public bool HasForeignRefs { get; private init; }
    /// <summary>Empty for pictures that are no text.</summary>
    public string Text { get; private init; } = "";
    /// <summary>SHA-256 of the text as kept, hex: other line ends or a byte order mark are no other version.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public void Problem(int line, string reason) => problems.Add(Name, line, reason);

    public void Warn(int line, string reason) => problems.Warn(Name, line, reason);

    /// <summary>Reads a text file of a folder; null when it cannot be read, with the problem noted.</summary>
    public static ContentFile? ReadText(string folder, string name, ContentProblems problems, int most = MostBytes)
    {
        var bytes = ReadBytes(folder, name, problems, most);
        return bytes is null ? null : FromBytes(name, bytes, problems);
    }

    public static ContentFile? ReadPicture(string folder, string name, ContentProblems problems, int most) =>
        ReadBytes(folder, name, problems, most) is { } bytes ? new(name, problems) { Bytes = bytes } : null;

    /// <summary>Text that is stored already, such as the source of a guide's version.</summary>
    public static ContentFile FromText(string name, string text, ContentProblems problems) => new(name, problems) { Text = text };

    /// <summary>What another system sends of one kind of record.</summary>
    public static ContentFile FromOutside(string name, ContentProblems problems) => new(name, problems) { HasForeignRefs = true };

    public static ContentFile? FromBytes(string name, byte[] bytes, ContentProblems problems)
    {
        var text = bytes.AsSpan();
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            problems.Add(name, 1, "The file is UTF-16. Save it as UTF-8.");
            return null;
        }
        if (text is [0xEF, 0xBB, 0xBF, ..]) text = text[3..];
        string read;
        try { read = Strict.GetString(text); }
        catch (DecoderFallbackException e)
        {
            problems.Add(name, text[..Math.Clamp(e.Index, 0, text.Length)].Count((byte)'\n') + 1, "The file is not UTF-8. Save it as UTF-8.");
            return null;
        }
        read = read.ReplaceLineEndings("\n");
        var control = read.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        if (control >= 0)
        {
            problems.Add(name, read.AsSpan(0, control).Count('\n') + 1, "The file holds a control character. Save it as plain text.");
            return null;
        }
        return new(name, problems) { Bytes = bytes, Text = read };
    }

    private static byte[]? ReadBytes(string folder, string name, ContentProblems problems, int most)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        var reason = !file.Exists ? "The file is missing."
            : file.LinkTarget is not null ? "The file is a link to another place. Put the file itself here."
            : file.Length > most ? $"The file has {file.Length / 1024} KB; {most / 1024} KB are allowed."
            : file.Length == 0 ? "The file is empty."
            : null;
        if (reason is null) return File.ReadAllBytes(file.FullName);
        problems.Add(name, 0, reason);
        return null;
    }
}
