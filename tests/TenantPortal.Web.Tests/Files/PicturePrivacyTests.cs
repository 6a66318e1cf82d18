using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using TenantPortal.Web.Infrastructure.Files;

namespace TenantPortal.Web.Tests.Files;

/// <summary>Pictures lose their place however their bytes are cut on the way in.</summary>
public sealed class PicturePrivacyTests
{
    [Fact]
    public void A_PNG_loses_its_texts_and_camera_data_and_keeps_its_picture()
    {
        byte[] png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", "13 bytes long"), .. Chunk("eXIf", "GPS 51.5N"), .. Chunk("iTXt", "XML:com.adobe.xmp GPS"), .. Chunk("tEXt", ""), .. Chunk("tIME", "GPS day"), .. Chunk("xyZz", "GPS"), .. Chunk("IDAT", "picture"), .. Chunk("IEND", ""), .. "GPS behind the end"u8];
        byte[] expected = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", "13 bytes long"), .. Chunk("IDAT", "picture"), .. Chunk("IEND", "")];
        for (var cut = 0; cut <= png.Length; cut++) Assert.Equal(expected, Clean(new PngPrivacy(), png, cut));
    }

    [Fact]
    public void A_WebP_keeps_its_length_and_its_picture_and_nothing_of_the_camera()
    {
        byte[] inside = [.. "WEBP"u8, .. Part("VP8X", [0x0C, 0, 0, 0, 1, 2, 3, 4, 5, 6]), .. Part("VP8 ", Encoding.ASCII.GetBytes("picture")), .. Part("EXIF", Encoding.ASCII.GetBytes("GPS 51.5N")), .. Part("XMP ", Encoding.ASCII.GetBytes("GPS too."))];
        byte[] webp = [.. "RIFF"u8, .. Length(inside.Length), .. inside];
        for (var cut = 0; cut <= webp.Length; cut++)
        {
            var clean = Clean(new WebPPrivacy(), webp, cut);
            Assert.Equal(webp.Length, clean.Length);
            Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
            Assert.Contains("picture", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
            Assert.Equal(0, clean[20]);
            Assert.Equal([1, 2, 3, 4, 5, 6], clean[24..30]);
        }
    }

    [Fact]
    public void A_HEIC_keeps_its_length_and_its_picture_and_nothing_of_the_camera()
    {
        static byte[] Box(string name, params byte[] content) => [0, 0, (byte)((content.Length + 8) >> 8), (byte)(content.Length + 8), .. Encoding.ASCII.GetBytes(name), .. content];
        static byte[] Entry(byte id, string type) => Box("infe", [2, 0, 0, 0, 0, id, 0, 0, .. Encoding.ASCII.GetBytes(type), 0]);
        byte[] head = Box("ftyp", [.. "heic"u8, 0, 0, 0, 0]);
        byte[] Index(int picture, int exif) => Box("meta", [0, 0, 0, 0, .. Box("iinf", [0, 0, 0, 0, 0, 2, .. Entry(1, "hvc1"), .. Entry(2, "Exif")]), .. Box("iloc", [0, 0, 0, 0, 0x44, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 0, (byte)picture, 0, 0, 0, 7, 0, 2, 0, 0, 0, 1, 0, 0, 0, (byte)exif, 0, 0, 0, 9])]);
        var at = head.Length + Index(0, 0).Length + 8;
        byte[] heic = [.. head, .. Index(at, at + 7), .. Box("mdat", [.. "picture"u8, .. "GPS 51.5N"u8, .. "end"u8])];
        for (var cut = 0; cut <= heic.Length; cut++)
        {
            var clean = Clean(new HeicPrivacy(), heic, cut);
            Assert.Equal(heic.Length, clean.Length);
            Assert.EndsWith("picture\0\0\0\0\0\0\0\0\0end", Encoding.Latin1.GetString(clean), StringComparison.Ordinal);
        }
        // cut off or broken, it passes as it is
        for (var length = 0; length < at; length++) Assert.Equal(heic[..length], Clean(new HeicPrivacy(), heic[..length], length / 2));
    }

    private static byte[] Clean(IPicturePrivacy privacy, byte[] bytes, int cut)
    {
        var clean = new ArrayBufferWriter<byte>();
        privacy.Write(bytes.AsSpan(0, cut), clean);
        privacy.Write(bytes.AsSpan(cut), clean);
        privacy.End(clean);
        return clean.WrittenSpan.ToArray();
    }

    private static byte[] Chunk(string name, string content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(name), .. Encoding.ASCII.GetBytes(content), 1, 2, 3, 4];
    }

    private static byte[] Part(string name, byte[] content) => [.. Encoding.ASCII.GetBytes(name), .. Length(content.Length), .. content, .. content.Length % 2 == 1 ? new byte[1] : []];

    private static byte[] Length(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return bytes;
    }
}
