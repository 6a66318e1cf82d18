using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>A message as Standard Webhooks signs it (standardwebhooks.com): id, time and body under a secret that only both sides know.</summary>
public static class SignedMessage
{
    private const string Mark = "whsec_";

    /// <summary>192 random bits, as the other side enters them.</summary>
    public static string NewSecret() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));

    public static HttpRequestMessage Of(string address, Guid id, DateTimeOffset at, string body, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("webhook-id", $"msg_{id:n}");
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Mark.Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"msg_{id:n}.{seconds}."), .. bytes])));
        return request;
    }
}
