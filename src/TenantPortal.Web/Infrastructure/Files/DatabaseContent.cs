using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>Pieces as rows of the client, under the policy and in the same backup.</summary>
public sealed class DatabaseContent : IFileContent
{
    public const string Name = "database";
    public string Place => Name;

    // saved and let go one by one: a photo of 25 MB must not stand in memory as a whole
    public async Task PutAsync(PortalDb db, TenantId client, Guid file, int number, byte[] bytes, CancellationToken cancel)
    {
        var chunk = new StoredFileChunk { TenantId = client, FileId = file, Number = number, Bytes = bytes };
        db.Add(chunk);
        await db.SaveChangesAsync(cancel);
        db.Entry(chunk).State = EntityState.Detached;
    }

    public Task<byte[]?> GetAsync(PortalDb db, TenantId client, Guid file, int number, CancellationToken cancel) =>
        db.FileChunks.AsNoTracking().Where(c => c.TenantId == client && c.FileId == file && c.Number == number).Select(c => (byte[]?)c.Bytes).FirstOrDefaultAsync(cancel);

    // the rows go with their file's
    public Task DropAsync(TenantId client, Guid file, CancellationToken cancel) => Task.CompletedTask;
}
