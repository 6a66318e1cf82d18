using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TenantPortal.Domain.People;

/// <summary>Time-based one-time passwords (RFC 6238: SHA-1, 30-second steps, 6 digits), each accepted once.</summary>
public static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30, Digits = 1_000_000;

    /// <summary>The step whose code this is, one step early or late allowed; null when wrong or not newer than <paramref name="lastStep"/>.</summary>
    public static long? Accept(string keyBase32, string code, long lastStep, DateTimeOffset now)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (digits.Length != 6) return null;
        var key = FromBase32(keyBase32);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = current - 1; step <= current + 1; step++)
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(key, step)), System.Text.Encoding.ASCII.GetBytes(digits))) return step;
        return null;
    }

    public static string CodeAt(string keyBase32, DateTimeOffset at) => Code(FromBase32(keyBase32), at.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>160 random bits in base 32, as authenticator apps read it.</summary>
    public static string NewKey()
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        return string.Create(32, bytes, (span, source) =>
        {
            for (var i = 0; i < 32; i++)
            {
                var bit = i * 5;
                var pair = (source[bit / 8] << 8) | (bit / 8 + 1 < source.Length ? source[bit / 8 + 1] : 0);
                span[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
            }
        });
    }

#pragma warning disable CA5350 // RFC 6238 and the authenticator apps in use ask for HMAC-SHA-1; its known weakness (collisions) does not touch an HMAC
    private static string Code(byte[] key, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(key, message, hash);
        var offset = hash[19] & 15;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fffffff;
        return (number % Digits).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[] FromBase32(string text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        int buffer = 0, bits = 0, at = 0;
        foreach (var letter in text)
        {
            buffer = (buffer << 5) | Math.Max(0, Alphabet.IndexOf(letter, StringComparison.Ordinal));
            bits += 5;
            if (bits < 8) continue;
            bytes[at++] = (byte)(buffer >> (bits - 8));
            bits -= 8;
        }
        return bytes;
    }
}
