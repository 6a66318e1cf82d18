using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace TenantPortal.Domain.Search;

/// <summary>Reads what a <see cref="PackWriter"/> wrote; bytes that are cut or changed are refused with <see cref="FormatException"/>.</summary>
public sealed class PackReader
{
    private readonly byte[] bytes;
    private readonly int end;
    private int at;

    public PackReader(byte[] bytes)
    {
        if (bytes.Length < sizeof(uint)) throw new FormatException("The pack has no end.");
        (this.bytes, end) = (bytes, bytes.Length - sizeof(uint));
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end)) != SumOf(bytes.AsSpan(0, end))) throw new FormatException("The pack is not as it was written.");
    }

    public long Number()
    {
        var value = Plain();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Count()
    {
        var count = Number();
        // each thing counted takes a byte at least
        return count >= 0 && count <= end - at ? (int)count : throw new FormatException("The pack counts more than it has.");
    }

    public string Text()
    {
        var length = Count();
        var text = Encoding.UTF8.GetString(bytes, at, length);
        at += length;
        return text;
    }

    public string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++) texts[i] = Text();
        return texts;
    }

    public Guid Id()
    {
        if (end - at < 16) throw new FormatException("The pack ends within an id.");
        at += 16;
        return new Guid(bytes.AsSpan(at - 16, 16));
    }

    internal byte Byte() => at < end ? bytes[at++] : throw new FormatException("The pack ends too early.");

    internal ulong Plain()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new FormatException("A number in the pack has no end.");
    }

    internal static uint SumOf(ReadOnlySpan<byte> written)
    {
        uint sum = 0;
        var whole = MemoryMarshal.Cast<byte, ulong>(written);
        foreach (var eight in whole) sum = BitOperations.Crc32C(sum, eight);
        foreach (var one in written[(whole.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, one);
        return sum;
    }
}
