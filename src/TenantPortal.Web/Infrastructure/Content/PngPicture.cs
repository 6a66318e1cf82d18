using System.Buffers.Binary;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>A PNG by its signature and chunks, not by its name: at most 512 KB and 4,000 pixels a side.</summary>
public static class PngPicture
{
    public const int MostBytes = 512 * 1024;
    private const int MostPixels = 4000;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture's bytes up to its end mark, so that nothing rides behind it; null when it is refused.</summary>
    public static byte[]? Read(ContentFile file)
    {
        var bytes = file.Bytes.AsSpan();
        if (bytes.Length < 33 || !bytes.StartsWith(Signature)) return Refuse(file, "This is no PNG.");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
        if (Kind(bytes[12..]) != "IHDR" || width is 0 or > MostPixels || height is 0 or > MostPixels) return Refuse(file, $"The picture has more than {MostPixels} pixels a side, or a broken head.");
        var at = Signature.Length;
        while (at + 12 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            var kind = Kind(bytes[(at + 4)..]);
            if (length > bytes.Length - at - 12) break;
            at += 12 + (int)length;
            if (kind == "IEND") return file.Bytes[..at];
        }
        return Refuse(file, "The picture is cut off.");
    }

    private static string Kind(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes[..4]);

    private static byte[]? Refuse(ContentFile file, string reason)
    {
        file.Problem(0, reason);
        return null;
    }
}
