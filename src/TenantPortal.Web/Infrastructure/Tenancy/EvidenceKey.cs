using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>The installation's own signature under evidence: ECDSA on P-256, made once; its private half is stored under the master key.</summary>
public sealed class EvidenceKey(IDbContextFactory<DirectoryDb> directory, MasterKey master)
{
    private const string Name = "evidence-key";

    /// <returns>The signature, and the public key as PEM.</returns>
    public async Task<(byte[] Signature, string PublicKey)> SignAsync(byte[] bytes, CancellationToken cancel)
    {
        using var key = await OpenAsync(cancel);
        return (key.SignData(bytes, HashAlgorithmName.SHA256), key.ExportSubjectPublicKeyInfoPem());
    }

    public async Task<string> PublicKeyAsync(CancellationToken cancel)
    {
        using var key = await OpenAsync(cancel);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private async Task<ECDsa> OpenAsync(CancellationToken cancel)
    {
        await using var db = await directory.CreateDbContextAsync(cancel);
        if (await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Name, cancel) is not { } stored)
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            db.Add(new PortalSetting { Name = Name, Value = Convert.ToBase64String(master.Seal(made.ExportPkcs8PrivateKey(), Name)) });
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException) { db.ChangeTracker.Clear(); } // another process made it at the same moment: theirs counts
            stored = await db.Settings.AsNoTracking().SingleAsync(s => s.Name == Name, cancel);
        }
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Open(Convert.FromBase64String(stored.Value), Name), out _);
        return key;
    }
}
