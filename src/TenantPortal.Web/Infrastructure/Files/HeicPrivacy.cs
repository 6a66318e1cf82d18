using System.Buffers;
using System.Buffers.Binary;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>A HEIC whose camera data and XMP are blank: the index at its beginning (ISO/IEC 14496-12, "meta") says where they lie. Lengths and places stay, so it is drawn as before, the right way up.
/// A file whose index comes late or is broken passes as it is.</summary>
public sealed class HeicPrivacy : IPicturePrivacy
{
    private const int LongestIndex = 1024 * 1024, BoxHead = 8;
    private readonly ArrayBufferWriter<byte> waiting = new();
    private readonly List<(long From, long Until)> blanks = [];
    private bool isRead;
    private long at;

    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        if (!isRead)
        {
            waiting.Write(input);
            if (IndexIn(waiting.WrittenSpan) is not { } index) return;
            isRead = true;
            if (index.Until > index.From) Read(waiting.WrittenSpan, index.From, index.Until);
            input = waiting.WrittenSpan;
        }
        var bytes = output.GetSpan(input.Length)[..input.Length];
        input.CopyTo(bytes);
        foreach (var (from, until) in blanks)
        {
            var (start, end) = ((int)Math.Clamp(from - at, 0, bytes.Length), (int)Math.Clamp(until - at, 0, bytes.Length));
            if (end > start) bytes[start..end].Clear();
        }
        output.Advance(input.Length);
        at += input.Length;
    }

    /// <summary>Lets out what waited for an index that never came.</summary>
    public void End(IBufferWriter<byte> output)
    {
        if (!isRead) output.Write(waiting.WrittenSpan);
        isRead = true;
    }

    // where the index's children lie; an empty place where there is none to wait for; null while more bytes are needed
    private static (int From, int Until)? IndexIn(ReadOnlySpan<byte> file)
    {
        for (long box = 0; ;)
        {
            if (box + BoxHead > file.Length) return box > LongestIndex ? (0, 0) : null;
            long size = BinaryPrimitives.ReadUInt32BigEndian(file[(int)box..]);
            if (size < BoxHead) return (0, 0);
            if (file.Slice((int)box + 4, 4).SequenceEqual("meta"u8)) return size > LongestIndex ? (0, 0) : box + size > file.Length ? null : ((int)box + BoxHead + 4, (int)(box + size));
            if (file.Slice((int)box + 4, 4).SequenceEqual("mdat"u8)) return (0, 0);
            box += size;
        }
    }

    private void Read(ReadOnlySpan<byte> file, int from, int until)
    {
        var items = new HashSet<uint>();
        (int From, int Until) places = default, inside = default;
        for (var box = from; box + BoxHead <= until;)
        {
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file[box..]), int.MaxValue);
            if (size < BoxHead || size > until - box) return;
            var name = file.Slice(box + 4, 4);
            if (name.SequenceEqual("iinf"u8)) Items(file[(box + BoxHead)..(box + size)], items);
            if (name.SequenceEqual("iloc"u8)) places = (box + BoxHead, box + size);
            if (name.SequenceEqual("idat"u8)) inside = (box + BoxHead, box + size);
            box += size;
        }
        try { if (places.Until > 0) Places(file[places.From..places.Until], items, inside.From); }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException) { blanks.Clear(); }   // it ends in the middle of an entry
    }

    private static void Items(ReadOnlySpan<byte> list, HashSet<uint> items)
    {
        if (list.Length < BoxHead) return;
        for (var entry = list[0] == 0 ? 6 : 8; entry + 20 <= list.Length;)
        {
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(list[entry..]), int.MaxValue);
            if (size < 20 || size > list.Length - entry) return;
            var isLong = list[entry + BoxHead] >= 3;
            var id = isLong ? BinaryPrimitives.ReadUInt32BigEndian(list[(entry + 12)..]) : BinaryPrimitives.ReadUInt16BigEndian(list[(entry + 12)..]);
            var type = list.Slice(entry + (isLong ? 18 : 16), 4);
            if (type.SequenceEqual("Exif"u8) || type.SequenceEqual("mime"u8)) items.Add(id);
            entry += size;
        }
    }

    private void Places(ReadOnlySpan<byte> table, HashSet<uint> items, int inside)
    {
        var version = table[0];
        int offsets = table[4] >> 4, lengths = table[4] & 15, bases = table[5] >> 4, indexes = version == 0 ? 0 : table[5] & 15, place = 6;
        var count = Number(table, ref place, version < 2 ? 2 : 4);
        for (var i = 0L; i < count; i++)
        {
            var id = (uint)Number(table, ref place, version < 2 ? 2 : 4);
            var method = version == 0 ? 0 : Number(table, ref place, 2) & 15;
            place += 2;
            var start = Number(table, ref place, bases);
            var extents = Number(table, ref place, 2);
            if (offsets + lengths == 0) return;   // parts without place and length take no room, and could be told without end
            for (; extents > 0; extents--)
            {
                place += indexes;
                var from = start + Number(table, ref place, offsets) + (method == 1 ? inside : 0);
                var length = Number(table, ref place, lengths);
                if (items.Contains(id) && method < 2 && length > 0) blanks.Add((from, from + length));
            }
        }
    }

    private static long Number(ReadOnlySpan<byte> bytes, ref int at, int size)
    {
        long number = 0;
        foreach (var value in bytes.Slice(at, size)) number = number << 8 | value;
        at += size;
        return number;
    }
}
