using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Files;

/// <summary>AWS Signature Version 4 for one request: method, address, body and time are bound by the key.</summary>
public static class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256", Signed = "host;x-amz-content-sha256;x-amz-date";

    public static void Sign(HttpRequestMessage request, byte[] body, string region, (string Id, string Secret) key, DateTimeOffset now)
    {
        var (moment, day) = (now.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), now.ToUniversalTime().ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var (address, content, scope) = (request.RequestUri!, Hex(SHA256.HashData(body)), $"{day}/{region}/s3/aws4_request");
        var canonical = $"{request.Method.Method}\n{address.AbsolutePath}\n{Query(address)}\nhost:{address.Authority}\nx-amz-content-sha256:{content}\nx-amz-date:{moment}\n\n{Signed}\n{content}";
        var toSign = $"{Algorithm}\n{moment}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signing = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + key.Secret), day), region), "s3"), "aws4_request");
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", content);
        request.Headers.TryAddWithoutValidation("x-amz-date", moment);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={key.Id}/{scope}, SignedHeaders={Signed}, Signature={Hex(Mac(signing, toSign))}");
    }

    // in the order of the names, and with a sign of equality behind a name alone
    private static string Query(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + '=').Order(StringComparer.Ordinal));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
