using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Files;

namespace TenantPortal.Web.Tests.Files;

public sealed class FileTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_bytes_decide_and_not_the_name()
    {
        Assert.Equal(FileType.Pdf, FileType.Of("%PDF-1.7"u8));
        Assert.Equal(FileType.Text, FileType.Of("<script>alert(1)</script>"u8));
        Assert.Equal(FileType.Zip, FileType.Of([0x50, 0x4B, 3, 4, 0]));
        Assert.Null(FileType.Of([0x4D, 0x5A, 0x90, 0, 3]));
        Assert.Equal("page.html.txt", FileName.Clean("page.html", FileType.Text));
        Assert.Equal("passwd.png", FileName.Clean("../../etc/passwd", FileType.Png));
        Assert.Equal("annexe.jpg", FileName.Clean("ann\u202Eexe.JPG", FileType.Jpeg));
    }

    [Fact]
    public async Task A_file_of_several_chunks_comes_back_byte_for_byte()
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcdef\n", 200_000)));
        await using var target = new MemoryStream();
        var kept = await portal.AsAsync(portal.World.Acorn.Id, async s =>
        {
            var store = s.GetRequiredService<FileStore>();
            var (file, _) = await store.KeepAsync(new MemoryStream(bytes), "big.log", Cancel);
            await store.CopyToAsync(portal.World.Acorn.Id, file!.Id, target, Cancel);
            return file;
        });
        Assert.Equal(bytes.Length, kept!.Size);
        Assert.Equal(bytes, target.ToArray());
        await using var foreign = new MemoryStream();
        await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<FileStore>().CopyToAsync(portal.World.Acorn.Id, kept.Id, foreign, Cancel));
        Assert.Empty(foreign.ToArray());
    }

    [Fact]
    public void A_photo_loses_its_place_and_keeps_which_way_up_it_is()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, .. "GPS 51.5N"u8];
        byte[] photo = [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, 0xFF, 0xFE, 0, 7, .. "Canon"u8, 0xFF, 0xDA, 0, 3, 1, 9, 0xFF, 0, 8, 0xFF, 0xD9, .. "GPS after the end"u8];
        for (var cut = 1; cut < photo.Length; cut++)
        {
            var (clean, privacy) = (new ArrayBufferWriter<byte>(), new JpegPrivacy());
            privacy.Write(photo.AsSpan(0, cut), clean);
            privacy.Write(photo.AsSpan(cut), clean);
            var text = Encoding.Latin1.GetString(clean.WrittenSpan);
            Assert.DoesNotContain("GPS", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Canon", text, StringComparison.Ordinal);
            Assert.Contains("MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006", text, StringComparison.Ordinal);
            Assert.EndsWith("\u0009\u00FF\0\b\u00FF\u00D9", text, StringComparison.Ordinal);
        }
    }
}
