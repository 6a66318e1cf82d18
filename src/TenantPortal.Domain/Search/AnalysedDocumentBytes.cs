using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TenantPortal.Domain.Search;

// the stored form: variable-length numbers and UTF-8, behind a version that changes with the analyzer
public sealed partial class AnalysedDocument
{
    /// <summary>Raised whenever the analyzer would read the same text differently; older bytes are analysed anew.</summary>
    public const int Version = 1;

    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        Write(bytes, Version);
        Write(bytes, Id);
        Write(bytes, (int)Audience);
        Write(bytes, MinimumTier);
        foreach (var list in (ReadOnlySpan<IReadOnlyList<string>>)[AppliesTo.Systems, AppliesTo.Apps, AppliesTo.Devices, Terms])
        {
            Write(bytes, list.Count);
            foreach (var text in list) Write(bytes, text);
        }

        foreach (var counts in Frequencies) Write(bytes, counts);
        foreach (var length in Lengths) Write(bytes, length);
        Write(bytes, Order.Length);
        var order = bytes.GetSpan(Order.Length * sizeof(ushort));
        for (var i = 0; i < Order.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(order[(i * sizeof(ushort))..], Order[i]);
        bytes.Advance(Order.Length * sizeof(ushort));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Null where the bytes are of another version or broken: analyse the document again.</summary>
    public static AnalysedDocument? FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        if (reader.Number() != Version) return null;
        var id = reader.Text();
        var audience = (Audience)reader.Number();
        var minimumTier = reader.Number();
        var appliesTo = new AppliesTo(reader.Texts(), reader.Texts(), reader.Texts());
        var terms = reader.Texts();
        var frequencies = new ulong[terms.Length];
        for (var i = 0; i < frequencies.Length; i++) frequencies[i] = reader.Long();
        var lengths = new int[Fields];
        for (var i = 0; i < Fields; i++) lengths[i] = reader.Number();
        var order = reader.Order(terms.Length);
        return reader.IsBroken ? null : new AnalysedDocument(id, audience, minimumTier, appliesTo) { Terms = terms, Frequencies = frequencies, Lengths = lengths, Order = order };
    }

    private static void Write(ArrayBufferWriter<byte> bytes, int value) => Write(bytes, (ulong)(uint)value);

    private static void Write(ArrayBufferWriter<byte> bytes, ulong value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        bytes.Advance(length);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        Write(bytes, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public bool IsBroken { get; private set; }

        public ulong Long()
        {
            ulong value = 0;
            for (var shift = 0; shift < 70 && shift / 7 < rest.Length; shift += 7)
            {
                var next = rest[shift / 7];
                value |= (ulong)(next & 0x7f) << shift;
                if (next >= 0x80) continue;
                rest = rest[(shift / 7 + 1)..];
                return value;
            }

            IsBroken = true;
            rest = default;
            return 0;
        }

        public int Number() => (int)(uint)Long();

        public string Text()
        {
            var text = Take(Number());
            return text.IsEmpty ? "" : Encoding.UTF8.GetString(text);
        }

        public string[] Texts()
        {
            var count = Number();
            if (count < 0 || count > rest.Length) IsBroken = true;
            if (IsBroken) return [];
            var texts = new string[count];
            for (var i = 0; i < count; i++) texts[i] = Text();
            return texts;
        }

        public ushort[] Order(int terms)
        {
            var count = Number();
            var packed = Take(count > int.MaxValue / sizeof(ushort) ? -1 : count * sizeof(ushort));
            var order = new ushort[packed.Length / sizeof(ushort)];
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = BinaryPrimitives.ReadUInt16LittleEndian(packed[(i * sizeof(ushort))..]);
                IsBroken |= order[i] != Gap && order[i] >= terms;
            }

            return order;
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count < 0 || count > rest.Length) IsBroken = true;
            if (IsBroken) return [];
            var taken = rest[..count];
            rest = rest[count..];
            return taken;
        }
    }
}
