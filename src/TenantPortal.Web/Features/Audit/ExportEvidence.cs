using System.IO.Compression;
using System.Text;
using System.Text.Json;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Audit;

/// <summary>Makes the signed zip of a client's chain. Who took it is an event itself.</summary>
public sealed class ExportEvidence(PortalDb db, AuditRows rows, EvidenceKey key, TimeProvider time)
{
    /// <returns>A file that is deleted when it is closed.</returns>
    public async Task<Stream> RunAsync(Client client, string by, Guid? byId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel))
        {
            AuditChain chain;
            string sha256;
            await using (var to = await zip.CreateEntry(Evidence.ChainFile).OpenAsync(cancel)) (chain, sha256) = await Evidence.WriteChainAsync(client.Id, rows.AllAsync(client.Id, cancel), to, cancel);
            var manifest = new Manifest(client.Slug, client.Name, client.Id.Value, chain.Count, chain.Head, sha256, now, by, await key.PublicKeyAsync(cancel));
            var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, ColumnTypes.JsonOptions);
            await Evidence.AddAsync(zip, Evidence.ManifestFile, bytes, cancel);
            await Evidence.AddAsync(zip, Evidence.SignatureFile, (await key.SignAsync(bytes, cancel)).Signature, cancel);
            await Evidence.AddAsync(zip, Evidence.AboutFile, Encoding.UTF8.GetBytes(Evidence.About), cancel);
            db.Add(new ClientEvent { TenantId = client.Id, Kind = "evidence-exported", ActorName = by, ActorId = byId, At = now, Detail = new() { ["links"] = $"{chain.Count}", ["head"] = chain.Head } });
        }
        await db.SaveChangesAsync(cancel);
        file.Position = 0;
        return file;
    }
}
