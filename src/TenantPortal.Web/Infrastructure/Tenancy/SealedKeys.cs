using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>The master key outside the database: 32 bytes in PORTAL_KEY_FILE, the same on every process. The start is refused when it is not the key this database was sealed with.</summary>
public sealed class MasterKey
{
    private const string Check = "key-check", Known = "tenantportal";
    private readonly byte[] key;

    public MasterKey(PortalSettings settings)
    {
        if (!File.Exists(settings.KeyFile)) throw new InvalidOperationException($"PORTAL_KEY_FILE names {settings.KeyFile}, which does not exist. ./run makes one; in production make it with: head -c 32 /dev/urandom > FILE.");
        key = File.ReadAllBytes(settings.KeyFile);
        if (key.Length != 32) throw new InvalidOperationException($"PORTAL_KEY_FILE names a file of {key.Length} bytes; the key is exactly 32 random bytes.");
    }

    /// <summary>AES-256-GCM with a fresh nonce in front and the purpose bound in.</summary>
    public byte[] Seal(byte[] plain, string purpose)
    {
        var sealedBytes = new byte[12 + plain.Length + 16];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, 12));
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(sealedBytes.AsSpan(0, 12), plain, sealedBytes.AsSpan(12, plain.Length), sealedBytes.AsSpan(12 + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <summary>Throws <see cref="CryptographicException"/> when key or purpose is another.</summary>
    public byte[] Open(byte[] sealedBytes, string purpose)
    {
        var plain = new byte[sealedBytes.Length - 28];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(12, plain.Length), sealedBytes.AsSpan(12 + plain.Length), plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    /// <summary>16 bytes that only a holder of the key can make, for links that must be short.</summary>
    public byte[] Sign(byte[] text, string purpose) => HMACSHA256.HashData(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose)), text)[..16];

    public async Task CheckAsync(DirectoryDb directory, CancellationToken cancel)
    {
        var stored = await directory.Settings.SingleOrDefaultAsync(s => s.Name == Check, cancel);
        if (stored is null)
        {
            directory.Add(new PortalSetting { Name = Check, Value = Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(Known), Check)) });
            await directory.SaveChangesAsync(cancel);
            return;
        }
        try { Open(Convert.FromBase64String(stored.Value), Check); }
        catch (CryptographicException e) { throw new InvalidOperationException("PORTAL_KEY_FILE holds another key than the one this database was sealed with. Bring back the right file; a new key cannot open what is stored.", e); }
    }
}

/// <summary>Cookie and antiforgery keys live in the database, sealed with the master key, so that every process has them and a dump alone is worth nothing.</summary>
public sealed class SealedKeyRing(IServiceProvider services) : IXmlRepository, IXmlEncryptor
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContext();
        return [.. db.Keys.AsNoTracking().AsEnumerable().Select(k => XElement.Parse(k.Xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContext();
        db.Add(new DataProtectionKey { Id = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var sealedText = services.GetRequiredService<MasterKey>().Seal(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), nameof(SealedKeyRing));
        return new(new XElement("sealed", Convert.ToBase64String(sealedText)), typeof(SealedKeyOpener));
    }
}

public sealed class SealedKeyOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        return XElement.Parse(Encoding.UTF8.GetString(services.GetRequiredService<MasterKey>().Open(Convert.FromBase64String(encryptedElement.Value), nameof(SealedKeyRing))));
    }
}
