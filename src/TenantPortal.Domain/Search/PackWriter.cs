using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TenantPortal.Domain.Search;

/// <summary>Writes numbers and texts close together, ended by a sum over all of it.</summary>
public sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new(1 << 16);

    public void Number(long value) => Number((ulong)(value << 1 ^ value >> 63));

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, bytes.GetSpan(length));
        bytes.Advance(length);
    }

    public void Texts(IReadOnlyCollection<string> texts)
    {
        Number(texts.Count);
        foreach (var text in texts) Text(text);
    }

    public void Id(Guid id)
    {
        id.TryWriteBytes(bytes.GetSpan(16));
        bytes.Advance(16);
    }

    public byte[] Ended()
    {
        var sum = PackReader.SumOf(bytes.WrittenSpan);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.GetSpan(sizeof(uint)), sum);
        bytes.Advance(sizeof(uint));
        return bytes.WrittenSpan.ToArray();
    }

    internal void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    /// <summary>Seven bits a byte, the last without the high one.</summary>
    internal void Number(ulong value)
    {
        var span = bytes.GetSpan(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7) span[at++] = (byte)(value | 0x80);
        span[at++] = (byte)value;
        bytes.Advance(at);
    }
}
