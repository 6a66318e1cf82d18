using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Hooks;

/// <summary>Hands a frozen body to an outside channel or a browser, with the secret that is not in it. The message's id goes along, so that the other side can tell a repetition.</summary>
public sealed class HookTransport(OnCallDirectory directory, OutsideHttp outside, HookSecrets secrets, PushTransport push, TimeProvider time)
{
    public async Task<Delivery> SendAsync(Guid hookId, Guid messageId, byte[] body, CancellationToken cancel)
    {
        if (directory.Pushes.FirstOrDefault(p => p.Id == hookId) is { } browser) return await TryAsync(browser.Browser, () => push.SendAsync(browser, body, cancel));
        if (directory.Hooks.FirstOrDefault(h => h.Id == hookId) is not { } hook) return Delivery.Never("This channel was taken out before the message was sent.");
        if (secrets.TryOpen(hook.SealedSecret, out var secret) is false) return Delivery.Never("The channel's secret cannot be read with this installation's key. Enter it again.");
        using var request = Request(hook, secret, messageId, body);
        return await TryAsync(hook.Name, async () => Judge(hook.Name, await outside.SendAsync(request, cancel)));
    }

    private static async Task<Delivery> TryAsync(string name, Func<Task<Delivery>> send)
    {
        try { return await send(); }
        catch (HttpRequestException e) when (e.InnerException is OutsideRefusedException refused) { return Delivery.Never(refused.Message); }
        // nothing was sent yet
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError) { return Delivery.NotNow($"{name} could not be reached: {e.Message}"); }
    }

    private HttpRequestMessage Request(Hook hook, string secret, Guid messageId, byte[] body)
    {
        var sent = hook.Kind == HookKind.PagerDuty ? WithRoutingKey(body, secret) : body;
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Address) { Content = new ByteArrayContent(sent) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Idempotency-Key", messageId.ToString());
        if (hook.Kind == HookKind.Opsgenie) request.Headers.Authorization = new("GenieKey", secret);
        if (hook.Kind == HookKind.Sms) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (hook.Kind == HookKind.Webhook) request.Headers.Add("X-Portal-Signature", Signature(secret, sent));
        return request;
    }

    // over the time as well, so that an old message cannot be played again
    private string Signature(string secret, byte[] body)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(at + "."), .. body]))}";
    }

    // PagerDuty reads its key from the body; the frozen one must not hold it
    private static byte[] WithRoutingKey(byte[] body, string secret) => [.. Encoding.UTF8.GetBytes($"{{\"routing_key\":{System.Text.Json.JsonSerializer.Serialize(secret)},"), .. body.AsSpan(1)];

    internal static Delivery Judge(string name, HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => Delivery.Taken,
        408 or 425 or 429 or >= 500 => Delivery.NotNow($"{name} answered {(int)status}."),
        _ => Delivery.Never($"{name} answered {(int)status}. Check its address and secret."),
    };
}

/// <summary>Seals the secrets of outside channels with the installation's key.</summary>
public sealed class HookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("hook-secret");

    public string? Seal(string? secret) => string.IsNullOrWhiteSpace(secret) ? null : protector.Protect(secret.Trim());

    /// <summary>False when the secret was sealed with another key.</summary>
    public bool TryOpen(string? closed, out string secret)
    {
        secret = "";
        if (closed is null) return true;
        try { secret = protector.Unprotect(closed); return true; }
        catch (CryptographicException) { return false; }
    }
}
