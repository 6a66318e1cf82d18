using System.Security.Cryptography;
using System.Text;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

/// <summary>The code by which the shared devices of one site sign in. Only its hash is kept: 12 characters without look-alikes, 60 bits.</summary>
public sealed class SiteCode : ITenantOwned
{
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Length = 12;

    public required TenantId TenantId { get; init; }
    /// <summary>The stand-in person of the site's devices.</summary>
    public required ContactId ContactId { get; init; }
    public required SiteId SiteId { get; init; }
    public required string CodeHash { get; set; }
    public required string MadeBy { get; set; }
    public required DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }

    public static string New()
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return $"{code[..4]}-{code[4..8]}-{code[8..]}";
    }

    /// <summary>However it was typed: case, spaces and hyphens do not matter.</summary>
    public static string Hash(TenantId client, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{client} {string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()}")));
}
