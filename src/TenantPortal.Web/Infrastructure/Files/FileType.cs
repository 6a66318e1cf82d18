using System.Text;
using System.Text.Unicode;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>A kind of file that may be attached, told by its bytes and never by its name.</summary>
/// <param name="IsImage">A picture that browsers draw without running anything; all else is only ever saved.</param>
public sealed record FileType(string MediaType, bool IsImage, string Extension, params string[] OtherExtensions)
{
    public const int BytesNeeded = 4096;

    public static readonly FileType Png = new("image/png", true, ".png");
    public static readonly FileType Jpeg = new("image/jpeg", true, ".jpg", ".jpeg");
    public static readonly FileType Gif = new("image/gif", true, ".gif");
    public static readonly FileType WebP = new("image/webp", true, ".webp");
    public static readonly FileType Heic = new("image/heic", false, ".heic", ".heif");
    public static readonly FileType Pdf = new("application/pdf", false, ".pdf");
    public static readonly FileType Zip = new("application/zip", false, ".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp");
    public static readonly FileType OldOffice = new("application/x-ole-storage", false, ".doc", ".xls", ".ppt", ".msg");
    public static readonly FileType Text = new("text/plain", false, ".txt", ".log", ".csv", ".md");

    private static readonly FileType[] All = [Png, Jpeg, Gif, WebP, Heic, Pdf, Zip, OldOffice, Text];

    public static bool IsSafeImage(string mediaType) => All.Any(t => t.IsImage && t.MediaType == mediaType);

    /// <summary>The type that the first bytes prove; null for anything that is not on the list.</summary>
    public static FileType? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)) return Gif;
        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..12].SequenceEqual("WEBP"u8)) return WebP;
        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8) && IsHeic(start[8..12])) return Heic;
        if (start.StartsWith("%PDF-"u8)) return Pdf;
        if (start.StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 0x03, 0x04])) return Zip;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return OldOffice;
        return IsText(start) ? Text : null;
    }

    public bool Fits(string extension) => extension.Equals(Extension, StringComparison.OrdinalIgnoreCase) || OtherExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase);

    private static bool IsHeic(ReadOnlySpan<byte> brand) => brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return false;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return true;
        foreach (var value in start) if (value is < 32 and not (9 or 10 or 12 or 13 or 27) or 127) return false;
        return IsUtf8(start) || !start.ContainsAnyInRange((byte)0x80, (byte)0x9F);
    }

    // the sample may end inside a character
    private static bool IsUtf8(ReadOnlySpan<byte> start)
    {
        for (var cut = 0; cut < 4 && cut < start.Length; cut++) if (Utf8.IsValid(start[..^cut])) return true;
        return false;
    }
}

/// <summary>Names of files as they are kept: no path, nothing invisible, an ending that fits the content.</summary>
public static class FileName
{
    private const int Longest = 100;
    private const string Forbidden = "\\/:*?\"<>|%";

    public static string Clean(string? name, FileType type)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = new StringBuilder();
        foreach (var rune in last.Normalize(NormalizationForm.FormC).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.PrivateUse)
                && !(rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal))) kept.Append(rune.ToString());
        var clean = kept.ToString().Trim(' ', '.');
        var extension = Path.GetExtension(clean);
        var stem = type.Fits(extension) ? clean[..^extension.Length] : clean;
        if (!type.Fits(extension)) extension = type.Extension;
        stem = Shorten(stem.Trim(' ', '.'));
        return (stem.Length == 0 ? "file" : stem) + extension.ToLowerInvariant();
    }

    private static string Shorten(string stem)
    {
        if (stem.Length <= Longest) return stem;
        return char.IsHighSurrogate(stem[Longest - 1]) ? stem[..(Longest - 1)] : stem[..Longest];
    }
}
