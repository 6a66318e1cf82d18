using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>A call reaches a browser through a push service that can read nothing of it, and a browser that has gone is called no more.</summary>
public sealed class PushTests(OutsideWorld world) : IClassFixture<OutsideWorld>
{
    private readonly Portal portal = world.Portal;

    [Fact]
    public async Task A_call_is_pushed_so_that_only_its_browser_reads_it()
    {
        await Scene.SetAsync(portal);
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var (point, auth) = (PushMessage.Point(browser.ExportParameters(false).Q), RandomNumberGenerator.GetBytes(16));
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.Contains("The operator has not allowed push.example.org.", await SubscribeAsync(priya, "https://push.example.org/x", point, auth), StringComparison.Ordinal);
        Assert.Contains("gave keys that cannot be read", await SubscribeAsync(priya, $"{world.Address}/push", point[1..], auth), StringComparison.Ordinal);
        Assert.Equal("", await SubscribeAsync(priya, $"{world.Address}/push", point, auth));
        Assert.Equal("", await SubscribeAsync(priya, $"{world.Address}/push", point, auth));   // once more in the same browser
        Assert.Contains("Firefox, Linux", (await priya.PageAsync("/desk/you/browsers")).Body!.TextContent, StringComparison.Ordinal);
        using (var sam = await portal.AsAsync(portal.World.Sam)) Assert.DoesNotContain("Firefox", (await sam.PageAsync("/desk/you/browsers")).Body!.TextContent, StringComparison.Ordinal);

        var ticket = await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "tills hanging, pushed"));
        var sent = (await Scene.UntilAsync(() => Task.FromResult(world.HeardAt("/push")), h => h.Count == 1)).Single();
        Assert.Equal(("aes128gcm", "high"), (sent.Headers["Content-Encoding"], sent.Headers["Urgency"]));
        Assert.DoesNotContain("tills", Encoding.Latin1.GetString(sent.Bytes), StringComparison.Ordinal);
        var read = JsonDocument.Parse(Decrypt(sent.Bytes, browser, point, auth)).RootElement;
        Assert.Equal($"ACO-{ticket.Number} P1 Acorn: tills hanging, pushed", read.GetProperty("title").GetString());
        Assert.Contains("/desk/calls/", read.GetProperty("link").GetString(), StringComparison.Ordinal);
        JudgeVapid(sent.Headers["Authorization"], (await priya.PageAsync("/desk/you/browsers")).QuerySelector("form[data-push-key]")!.GetAttribute("data-push-key")!);

        world.PushAnswer = 410;
        await portal.SendAsync(portal.World.Acorn.Id, Desk.Report(portal.World.Acorn, "tills hanging, browser gone"));
        await Scene.UntilAsync(() => Task.FromResult(portal.Services.GetRequiredService<OnCallDirectory>().Pushes.Count), count => count == 0);
        Assert.Equal(2, world.HeardAt("/push").Count);
    }

    // the example of RFC 8291, appendix A: its keys and salt lead to its key and nonce
    [Fact]
    public void Keys_are_derived_as_the_standard_shows()
    {
        static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
        var secret = Bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        var (key, nonce) = PushMessage.Keys(secret, Bytes("BTBZMqHH6r4Tts7J_aSIgg"), Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"), Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"), Bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        Assert.Equal(("oIhVW04MRdy2XN9CiKLxTg", "4h_95klXJ5E_qnoN"), (Base64Url.EncodeToString(key), Base64Url.EncodeToString(nonce)));
    }

    // as a browser does: header, then one record that ends with the sign of the last one
    private static string Decrypt(byte[] sent, ECDiffieHellman browser, byte[] point, byte[] auth)
    {
        var (salt, sender) = (sent[..16], sent[21..86]);
        Assert.Equal(65, sent[20]);
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, browser.DeriveRawSecretAgreement(theirs.PublicKey), 32, auth, [.. "WebPush: info\0"u8, .. point, .. sender]);
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]), 16);
        var text = new byte[sent.Length - 86 - 16];
        cipher.Decrypt(HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]), sent[86..^16], sent[^16..], text);
        Assert.Equal(2, text[^1]);
        return Encoding.UTF8.GetString(text[..^1]);
    }

    private void JudgeVapid(string header, string publicKey)
    {
        Assert.StartsWith("vapid t=", header, StringComparison.Ordinal);
        var (token, key) = (header["vapid t=".Length..header.IndexOf(',', StringComparison.Ordinal)].Split('.'), header[(header.IndexOf("k=", StringComparison.Ordinal) + 2)..]);
        Assert.Equal(publicKey, key);
        var point = Base64Url.DecodeFromChars(key);
        using var verify = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(verify.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256));
        Assert.Equal(world.Address, JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement.GetProperty("aud").GetString());
    }

    /// <summary>Empty when it was taken.</summary>
    private static async Task<string> SubscribeAsync(HttpClient browser, string endpoint, byte[] point, byte[] auth)
    {
        using var form = (await browser.PageAsync("/desk/you/browsers")).Fill("handler=Add", ("Input.Endpoint", endpoint), ("Input.PublicKey", Base64Url.EncodeToString(point)), ("Input.Auth", Base64Url.EncodeToString(auth)), ("Input.Name", "Firefox, Linux"));
        using var answer = await browser.SendAsync("/desk/you/browsers?handler=Add", form);
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }
}
