using System.Buffers;
using System.Buffers.Binary;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>Takes place, time, device and thumbnail out of a JPEG as it streams by; keeps which way up it is, and ends with the first picture.</summary>
public sealed class JpegPrivacy : IPicturePrivacy
{
    private enum Reading { Marker, Code, High, Low, Segment, Scan, ScanCode, Done }

    private const byte Mark = 0xFF, Start = 0xD8, End = 0xD9, Scan = 0xDA, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;
    private readonly byte[] segment = new byte[ushort.MaxValue];
    private Reading reading = Reading.Marker;
    private byte code;
    private int length, filled;
    private bool turned;

    public void Write(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        for (var at = 0; at < input.Length && reading != Reading.Done;)
        {
            if (reading == Reading.Scan) { at += CopyScan(input[at..], output); continue; }
            if (reading == Reading.Segment) { at += Collect(input[at..], output); continue; }
            Step(input[at++], output);
        }
    }

    private void Step(byte value, IBufferWriter<byte> output)
    {
        switch (reading)
        {
            case Reading.Marker: if (value == Mark) reading = Reading.Code; break;
            case Reading.Code: Begin(value, output); break;
            case Reading.ScanCode: InScan(value, output); break;
            case Reading.High: (length, reading) = (value << 8, Reading.Low); break;
            case Reading.Low:
                length = (length | value) - 2;
                (filled, reading) = (0, Reading.Segment);
                if (length <= 0) (length, reading) = (0, Reading.Marker);
                break;
            case Reading.Segment or Reading.Scan or Reading.Done: break;
        }
    }

    private void Begin(byte value, IBufferWriter<byte> output)
    {
        if (value == Mark) return;
        code = value;
        if (value is Start or End or (>= 0xD0 and <= 0xD7) or 0x01)
        {
            output.Write([Mark, value]);
            reading = value == End ? Reading.Done : Reading.Marker;
            return;
        }
        reading = Reading.High;
    }

    private int Collect(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var take = Math.Min(length - filled, input.Length);
        input[..take].CopyTo(segment.AsSpan(filled));
        filled += take;
        if (filled < length) return take;
        Finish(segment.AsSpan(0, length), output);
        reading = code == Scan ? Reading.Scan : Reading.Marker;
        return take;
    }

    private void Finish(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        if (code == App1 && content.StartsWith("Exif\0\0"u8)) { Turn(Orientation(content[6..]), output); return; }
        if (!IsKept(content)) return;
        output.Write([Mark, code, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        output.Write(content);
    }

    // of the application segments: density, colour profile and colour transform are needed to draw the picture, nothing else is
    private bool IsKept(ReadOnlySpan<byte> content) => code switch
    {
        App0 => content.StartsWith("JFIF\0"u8),
        App2 => content.StartsWith("ICC_PROFILE\0"u8),
        App14 => content.StartsWith("Adobe"u8),
        >= App1 and <= App15 or Comment => false,
        _ => true,
    };

    private void Turn(ushort orientation, IBufferWriter<byte> output)
    {
        if (turned || orientation is < 2 or > 8) return;
        turned = true;
        output.Write<byte>([Mark, App1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]);
    }

    private static ushort Orientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 10) return 0;
        var big = tiff[0] == 'M';
        var directory = Four(tiff[4..], big);
        if (directory < 8 || directory + 2 > tiff.Length) return 0;
        var entries = Two(tiff[(int)directory..], big);
        for (var i = 0; i < entries; i++)
        {
            var at = (int)directory + 2 + i * 12;
            if (at + 12 > tiff.Length) return 0;
            if (Two(tiff[at..], big) == 0x0112) return Two(tiff[(at + 8)..], big);
        }
        return 0;
    }

    private int CopyScan(ReadOnlySpan<byte> input, IBufferWriter<byte> output)
    {
        var mark = input.IndexOf(Mark);
        if (mark < 0) { output.Write(input); return input.Length; }
        output.Write(input[..mark]);
        reading = Reading.ScanCode;
        return mark + 1;
    }

    private void InScan(byte value, IBufferWriter<byte> output)
    {
        if (value == Mark) return;
        if (value is 0 or (>= 0xD0 and <= 0xD7)) { output.Write([Mark, value]); reading = Reading.Scan; return; }
        Begin(value, output);
    }

    private static ushort Two(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);
    private static uint Four(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
