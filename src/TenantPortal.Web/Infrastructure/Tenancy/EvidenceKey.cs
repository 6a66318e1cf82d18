using System.Security.Cryptography;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>The installation's own signature under evidence: ECDSA on P-256.</summary>
public sealed class EvidenceKey(StoredKeys keys)
{
    private const string Name = "evidence-key";

    /// <returns>The signature, and the public key as PEM.</returns>
    public async Task<(byte[] Signature, string PublicKey)> SignAsync(byte[] bytes, CancellationToken cancel)
    {
        using var key = await keys.OpenAsync(Name, cancel);
        return (key.SignData(bytes, HashAlgorithmName.SHA256), key.ExportSubjectPublicKeyInfoPem());
    }

    public async Task<string> PublicKeyAsync(CancellationToken cancel)
    {
        using var key = await keys.OpenAsync(Name, cancel);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
