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

/// <summary>Keeps files of the scope's one client in its own rows, in chunks under the policy; never more than one chunk is in memory.</summary>
public sealed class FileStore(DbContextOptions<PortalDb> options, TenantScope scope, TimeProvider time)
{
    public const int LargestMegabytes = 25;
    public const long Largest = LargestMegabytes * 1024L * 1024;
    private const int ChunkSize = 1024 * 1024;

    /// <summary>Stores the content if its bytes prove a type on the list; a refusal says what is wrong, and nothing of the file stays.</summary>
    public async Task<(KeptFile? File, Refusal? Refusal)> KeepAsync(Stream content, string? name, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try { return await KeepAsync(content, name, buffer.AsMemory(0, ChunkSize), cancel); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    /// <summary>Writes the bytes of a file of one client to the target, chunk by chunk.</summary>
    public async Task CopyToAsync(TenantId client, Guid file, Stream target, CancellationToken cancel)
    {
        await using var db = new PortalDb(options).In(scope);
        for (var number = 0; ; number++)
        {
            var chunk = await db.FileChunks.AsNoTracking().Where(c => c.TenantId == client && c.FileId == file && c.Number == number).Select(c => c.Bytes).FirstOrDefaultAsync(cancel);
            if (chunk is null) return;
            await target.WriteAsync(chunk, cancel);
        }
    }

    /// <summary>Deletes the client's files from before that moment which no ticket holds and nobody wants any more. Answers since when the oldest of the younger ones is there.</summary>
    public async Task<DateTimeOffset?> ForgetAsync(IReadOnlyCollection<Guid> wanted, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = new PortalDb(options).In(scope);
        // a few at a time: a file goes with all its chunks, and a statement has three seconds
        var unheld = db.Files.Where(f => !wanted.Contains(f.Id) && !db.Attachments.Any(a => a.FileId == f.Id));
        while (await unheld.Where(f => f.CreatedAt <= before).OrderBy(f => f.Id).Take(10).Select(f => f.Id).ToListAsync(cancel) is { Count: > 0 } unused)
            await db.Files.Where(f => unused.Contains(f.Id)).ExecuteDeleteAsync(cancel);
        return (await unheld.OrderBy(f => f.CreatedAt).Take(1).Select(f => f.CreatedAt).ToListAsync(cancel)) is [var oldest] ? oldest : null;
    }

    private async Task<(KeptFile?, Refusal?)> KeepAsync(Stream content, string? name, Memory<byte> buffer, CancellationToken cancel)
    {
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (read == 0) return (null, new("The file is empty. Choose another one."));
        if (FileType.Of(buffer.Span[..Math.Min(read, FileType.BytesNeeded)]) is not { } type) return (null, new("This kind of file cannot be added. Pictures, PDF, Office, text and zip files can."));
        await using var db = new PortalDb(options).In(scope);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var file = new StoredFile { TenantId = scope.Client, MediaType = type.MediaType, CreatedAt = time.GetUtcNow() };
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var privacy = type == FileType.Jpeg ? new JpegPrivacy() : null;
        long taken = 0;
        for (var number = 0; read > 0; number++)
        {
            taken += read;
            if (taken > Largest) return (null, TooLarge(taken + (content.CanSeek ? content.Length - content.Position : 0), type));
            var bytes = Filter(buffer.Span[..read], privacy);
            hash.AppendData(bytes);
            file.Size += bytes.Length;
            await AddAsync(db, new() { TenantId = file.TenantId, FileId = file.Id, Number = number, Bytes = bytes }, cancel);
            read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        }
        file.Sha256 = hash.GetHashAndReset();
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (new(file.Id, FileName.Clean(name, type), type.MediaType, file.Size), null);
    }

    // saved and let go one by one: a photo of 25 MB must not stand in memory as a whole
    private static async Task AddAsync(PortalDb db, StoredFileChunk chunk, CancellationToken cancel)
    {
        db.Add(chunk);
        await db.SaveChangesAsync(cancel);
        db.Entry(chunk).State = EntityState.Detached;
    }

    private static byte[] Filter(ReadOnlySpan<byte> bytes, JpegPrivacy? privacy)
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
