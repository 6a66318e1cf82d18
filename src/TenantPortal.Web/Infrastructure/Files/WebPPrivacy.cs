using System.Buffers;
using System.Buffers.Binary;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>A WebP whose camera data and XMP are blank (RFC 9649, section 2.7): lengths stay, so that it needs no second reading.</summary>
public sealed class WebPPrivacy : IPicturePrivacy
{
    private const int FileHead = 12, Head = 8;
    private const byte HasExif = 0x08, HasXmp = 0x04;
    private readonly byte[] head = new byte[Head];
    private int filled;
    private long left = FileHead;
    private bool inHead, isBlank, isFlags;

    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        while (input.Length > 0)
        {
            if (inHead)
            {
                var take = Math.Min(Head - filled, input.Length);
                input[..take].CopyTo(head.AsSpan(filled));
                filled += take;
                input = input[take..];
                if (filled == Head) Begin(output);
                continue;
            }
            var now = (int)Math.Min(left, input.Length);
            Copy(input[..now], output);
            left -= now;
            input = input[now..];
            if (left == 0) (inHead, filled) = (true, 0);
        }
    }

    private void Begin(IBufferWriter<byte> output)
    {
        var name = System.Text.Encoding.ASCII.GetString(head, 0, 4);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
        (isBlank, isFlags, left, inHead) = (name is "EXIF" or "XMP ", name == "VP8X", size + (size & 1), false);
        // readers pass over parts that they do not know
        if (isBlank) "JUNK"u8.CopyTo(head);
        output.Write(head);
        if (left == 0) (inHead, filled) = (true, 0);
    }

    private void Copy(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (isBlank) { output.Write(new byte[bytes.Length]); return; }
        if (!isFlags || bytes.Length == 0) { output.Write(bytes); return; }
        output.Write([(byte)(bytes[0] & ~(HasExif | HasXmp))]);
        output.Write(bytes[1..]);
        isFlags = false;
    }
}
