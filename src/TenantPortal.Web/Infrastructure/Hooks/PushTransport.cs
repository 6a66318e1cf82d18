using System.Net;
using System.Security.Cryptography;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>Hands a frozen text to a browser's push service, encrypted for that browser. A browser that has gone is taken off the list.</summary>
public sealed class PushTransport(OnCallDirectory directory, OutsideHttp outside, PushKey key)
{
    // a call that is an hour old has been followed by others
    private const string Life = "3600";

    public async Task<Delivery> SendAsync(PushSubscription to, byte[] text, CancellationToken cancel)
    {
        byte[] body;
        try { body = PushMessage.Encrypt(text, to.PublicKey, to.Auth); }
        catch (CryptographicException) { return Delivery.Never($"{to.Browser} gave a key that is none. Subscribe once more in that browser."); }
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.Add("TTL", Life);
        request.Headers.Add("Urgency", "high");
        request.Headers.TryAddWithoutValidation("Authorization", await key.AuthorizationAsync(request.RequestUri!, cancel));
        var status = await outside.SendAsync(request, cancel);
        if (status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            await directory.RemovePushAsync(to.Id, cancel);
            return Delivery.Never($"{to.Browser} is not there any more.");
        }
        return HookTransport.Judge(to.Browser, status);
    }
}
