using System.Buffers.Binary;
using System.Text;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>A chosen logo file as a drawing that is safe to serve: a cleaned SVG, or a PNG in an SVG frame.</summary>
public static class LogoFile
{
    public const int PngLimit = 200 * 1024, MostPixels = 2000;
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads at most the limit of a PNG and one byte more, so that an enormous file is refused, not loaded.</summary>
    public static async Task<(string? Svg, Refusal? Refusal)> ReadAsync(Stream file, CancellationToken cancel)
    {
        var bytes = new byte[PngLimit + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return Read(bytes.AsSpan(0, length));
    }

    public static (string? Svg, Refusal? Refusal) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(PngSignature)) return Png(bytes);
        if (bytes.Length > PngLimit) return (null, new("The logo is larger than 200 KB. Choose an SVG of up to 64 KB or a PNG of up to 200 KB; the rest of the page is kept."));
        try { return SafeSvg.Clean(Utf8.GetString(bytes).TrimStart('\uFEFF')); }
        catch (DecoderFallbackException) { return (null, new("The logo is neither an SVG in UTF-8 nor a PNG. Choose one of these; the rest of the page is kept.")); }
    }

    // layout of a PNG: signature (8), length (4), "IHDR" (4), width (4), height (4), all big-endian
    private static (string?, Refusal?) Png(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > PngLimit) return (null, new("The PNG is larger than 200 KB. Make it smaller; 400 pixels wide is plenty. The rest of the page is kept."));
        if (bytes.Length < 24 || !bytes[12..16].SequenceEqual("IHDR"u8)) return (null, new("The PNG is damaged. Export it again; the rest of the page is kept."));
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
        if (width is 0 or > MostPixels || height is 0 or > MostPixels) return (null, new($"The PNG is {width} by {height} pixels, the limit is {MostPixels} by {MostPixels}. Make it smaller; the rest of the page is kept."));
        return ($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" href="data:image/png;base64,{Convert.ToBase64String(bytes)}"/></svg>""", null);
    }
}
