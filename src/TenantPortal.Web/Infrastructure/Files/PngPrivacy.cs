using System.Buffers;
using System.Buffers.Binary;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>A PNG without its texts, times and camera data (PNG third edition, section 11.3); it ends with the picture.</summary>
public sealed class PngPrivacy : IPicturePrivacy
{
    private const int Signature = 8, Head = 8, Sum = 4;
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal) { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT", "cICP", "mDCV", "cLLI" };
    private readonly byte[] head = new byte[Head];
    private int filled;
    private long left = Signature;
    private bool isKept = true, isLast, isDone, inHead;

    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        while (input.Length > 0 && !isDone)
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
            if (isKept) output.Write(input[..now]);
            left -= now;
            input = input[now..];
            if (left == 0) (inHead, filled, isDone) = (true, 0, isLast);
        }
    }

    private void Begin(IBufferWriter<byte> output)
    {
        var name = System.Text.Encoding.ASCII.GetString(head, 4, 4);
        (left, isKept, isLast, inHead) = (BinaryPrimitives.ReadUInt32BigEndian(head) + (long)Sum, Kept.Contains(name), name == "IEND", false);
        if (isKept) output.Write(head);
    }
}
