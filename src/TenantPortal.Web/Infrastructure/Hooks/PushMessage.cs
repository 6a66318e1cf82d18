using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>Encrypts a message for one browser, so that the push service between cannot read it: RFC 8291 over aes128gcm of RFC 8188, in one record.</summary>
public static class PushMessage
{
    /// <summary>What a push service takes for sure is 4096 bytes, header, padding sign and tag included.</summary>
    public const int Longest = 3_900;
    private const int Record = 4_096, Salt = 16, Tag = 16;

    public static byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> auth)
    {
        using var ours = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = browserKey[1..33].ToArray(), Y = browserKey[33..].ToArray() } });
        var ourKey = Point(ours.ExportParameters(false).Q);
        var salt = RandomNumberGenerator.GetBytes(Salt);
        var (key, nonce) = Keys(ours.DeriveRawSecretAgreement(theirs.PublicKey), auth, browserKey, ourKey, salt);
        using var cipher = new AesGcm(key, Tag);
        var closed = new byte[text.Length + 1 + Tag];
        cipher.Encrypt(nonce, [.. text, 2], closed.AsSpan(0, text.Length + 1), closed.AsSpan(text.Length + 1));
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, Record);
        return [.. salt, .. size, (byte)ourKey.Length, .. ourKey, .. closed];
    }

    /// <summary>Key and nonce of the record, from the shared secret.</summary>
    public static (byte[] Key, byte[] Nonce) Keys(byte[] secret, ReadOnlySpan<byte> auth, ReadOnlySpan<byte> browserKey, ReadOnlySpan<byte> senderKey, byte[] salt)
    {
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, auth.ToArray(), [.. "WebPush: info\0"u8, .. browserKey, .. senderKey]);
        return (HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]), HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]));
    }

    /// <summary>A public key as it is sent: uncompressed.</summary>
    public static byte[] Point(ECPoint point) => [4, .. point.X!, .. point.Y!];
}
