using System.Buffers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>A file that is stored already, and the name it is shown under.</summary>
public sealed record KeptFile(Guid Id, string Name, string MediaType, long Size);

/// <summary>Keeps files of the scope's one client: a row under the policy, the bytes in pieces where the operator wants them; never more than one piece is in memory.</summary>
public sealed class FileStore(DbContextOptions<PortalDb> options, TenantScope scope, FilePlaces places, TimeProvider time)
{
    public const int LargestMegabytes = 25;
    public const long Largest = LargestMegabytes * 1024L * 1024;
    private const int ChunkSize = 1024 * 1024;
    private static readonly Refusal NotNow = new("Files cannot be kept right now. Your text is saved: send it without the file, or try again in a few minutes.");

    /// <summary>Stores the content if its bytes prove a type on the list; a refusal says what is wrong, and nothing of the file stays.</summary>
    public async Task<(KeptFile? File, Refusal? Refusal)> KeepAsync(Stream content, string? name, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try { return await KeepAsync(content, name, buffer.AsMemory(0, ChunkSize), cancel); }
        // the store is away or full: the words that came with the file are not lost for that
        catch (FilesUnreachableException) { return (null, NotNow); }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.DiskFull or Npgsql.PostgresErrorCodes.InsufficientResources }) { return (null, NotNow); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    /// <summary>Writes the bytes of a file of one client to the target, chunk by chunk.</summary>
    public async Task CopyToAsync(TenantId client, Guid file, Stream target, CancellationToken cancel)
    {
        await using var db = new PortalDb(options).In(scope);
        if (await db.Files.AsNoTracking().Where(f => f.TenantId == client && f.Id == file).Select(f => f.Place).FirstOrDefaultAsync(cancel) is not { } place) return;
        var content = places.Of(place);
        for (var number = 0; await content.GetAsync(db, client, file, number, cancel) is { } piece; number++) await target.WriteAsync(piece, cancel);
    }

    /// <summary>Deletes the client's files from before that moment which no ticket holds and nobody wants any more. Answers since when the oldest of the younger ones is there.</summary>
    public async Task<DateTimeOffset?> ForgetAsync(IReadOnlyCollection<Guid> wanted, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = new PortalDb(options).In(scope);
        // a few at a time: a file goes with all its chunks, and a statement has three seconds
        var unheld = db.Files.Where(f => !wanted.Contains(f.Id) && !db.Attachments.Any(a => a.FileId == f.Id));
        while (await unheld.Where(f => f.CreatedAt <= before).OrderBy(f => f.Id).Take(10).Select(f => new { f.TenantId, f.Id, f.Place }).ToListAsync(cancel) is { Count: > 0 } unused)
        {
            var ids = unused.ConvertAll(f => f.Id);
            // the bytes first: a row that is left is found again, bytes without a row never are
            foreach (var file in unused) await places.Of(file.Place).DropAsync(file.TenantId, file.Id, cancel);
            await db.Files.Where(f => ids.Contains(f.Id)).ExecuteDeleteAsync(cancel);
        }
        return (await unheld.OrderBy(f => f.CreatedAt).Take(1).Select(f => f.CreatedAt).ToListAsync(cancel)) is [var oldest] ? oldest : null;
    }

    private async Task<(KeptFile?, Refusal?)> KeepAsync(Stream content, string? name, Memory<byte> buffer, CancellationToken cancel)
    {
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (read == 0) return (null, new("The file is empty. Choose another one."));
        if (FileType.Of(buffer.Span[..Math.Min(read, FileType.BytesNeeded)]) is not { } type) return (null, new("This kind of file cannot be added. Pictures, PDF, Office, text and zip files can."));
        await using var db = new PortalDb(options).In(scope);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var pieces = places.Current;
        var file = new StoredFile { TenantId = scope.Client, MediaType = type.MediaType, Place = pieces.Place, CreatedAt = time.GetUtcNow() };
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var privacy = PrivacyOf(type);
        long taken = 0;
        for (var number = 0; read > 0; number++)
        {
            taken += read;
            if (taken > Largest)
            {
                await pieces.DropAsync(file.TenantId, file.Id, cancel);
                return (null, TooLarge(taken + (content.CanSeek ? content.Length - content.Position : 0), type));
            }
            // a piece is written once it is known whether it is the last
            var bytes = Filter(buffer.Span[..read], privacy);
            read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            if (read == 0) bytes = [.. bytes, .. Rest(privacy)];
            hash.AppendData(bytes);
            file.Size += bytes.Length;
            await pieces.PutAsync(db, file.TenantId, file.Id, number, bytes, cancel);
        }
        file.Sha256 = hash.GetHashAndReset();
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (new(file.Id, FileName.Clean(name, type), type.MediaType, file.Size), null);
    }

    private static IPicturePrivacy? PrivacyOf(FileType type) =>
        type == FileType.Jpeg ? new JpegPrivacy() : type == FileType.Png ? new PngPrivacy() : type == FileType.WebP ? new WebPPrivacy() : type == FileType.Heic ? new HeicPrivacy() : null;

    private static byte[] Rest(IPicturePrivacy? privacy)
    {
        var rest = new ArrayBufferWriter<byte>();
        privacy?.End(rest);
        return rest.WrittenSpan.ToArray();
    }

    private static byte[] Filter(ReadOnlySpan<byte> bytes, IPicturePrivacy? privacy)
    {
        if (privacy is null) return bytes.ToArray();
        var clean = new ArrayBufferWriter<byte>(bytes.Length + 64);
        privacy.Write(bytes, clean);
        return clean.WrittenSpan.ToArray();
    }

    /// <summary>What a person reads when a file is over the limit.</summary>
    public static Refusal TooLarge(long size, FileType? type) =>
        new($"The {(type is not null && type.MediaType.StartsWith("image/", StringComparison.Ordinal) ? "photo" : "file")} is {Math.Max(LargestMegabytes + 1, (size + 512 * 1024) / (1024 * 1024))} MB, the limit is {LargestMegabytes}. Your text is saved.");
}
