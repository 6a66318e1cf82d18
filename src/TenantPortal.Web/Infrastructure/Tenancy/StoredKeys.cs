using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>The installation's own signing keys on P-256, each made once under its name; the private half is stored under the master key.</summary>
public sealed class StoredKeys(IDbContextFactory<DirectoryDb> directory, MasterKey master)
{
    public async Task<ECDsa> OpenAsync(string name, CancellationToken cancel)
    {
        await using var db = await directory.CreateDbContextAsync(cancel);
        if (await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == name, cancel) is not { } stored)
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            db.Add(new PortalSetting { Name = name, Value = Convert.ToBase64String(master.Seal(made.ExportPkcs8PrivateKey(), name)) });
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException) { db.ChangeTracker.Clear(); } // another process made it at the same moment: theirs counts
            stored = await db.Settings.AsNoTracking().SingleAsync(s => s.Name == name, cancel);
        }
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Open(Convert.FromBase64String(stored.Value), name), out _);
        return key;
    }
}
