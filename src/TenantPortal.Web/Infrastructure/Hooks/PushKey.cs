using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>Says to push services who sends (VAPID, RFC 8292): browsers subscribe to this key, and each sending is signed with it.</summary>
public sealed class PushKey(StoredKeys keys, PortalSettings settings, TimeProvider time)
{
    private const string Name = "push-key";
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>The public point, base64url, as browsers take it.</summary>
    public async Task<string> PublicKeyAsync(CancellationToken cancel)
    {
        using var key = await keys.OpenAsync(Name, cancel);
        return Public(key);
    }

    /// <summary>The Authorization header for one push service.</summary>
    public async Task<string> AuthorizationAsync(Uri endpoint, CancellationToken cancel)
    {
        using var key = await keys.OpenAsync(Name, cancel);
        var claims = new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = (time.GetUtcNow() + Life).ToUnixTimeSeconds(), sub = $"mailto:{settings.MailFrom}" };
        var text = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return string.Create(CultureInfo.InvariantCulture, $"vapid t={text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}, k={Public(key)}");
    }

    private static string Public(ECDsa key) => Base64Url.EncodeToString(PushMessage.Point(key.ExportParameters(false).Q));
}
