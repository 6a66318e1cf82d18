using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Files;

namespace TenantPortal.Web.Tests.Files;

/// <summary>Attached files in a bucket: a small S3 server of the tests' own checks each signature by itself.</summary>
public sealed class S3Tests(S3Tests.Bucket bucket) : IClassFixture<S3Tests.Bucket>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed class Bucket : IAsyncLifetime
    {
        private const string Id = "TESTKEYID", Secret = "test/secret+key";
        private readonly string keyFile = Path.GetTempFileName();
        private WebApplication? server;
        private int refused;

        public ConcurrentDictionary<string, byte[]> Objects { get; } = new();
        public HttpStatusCode? Trouble { get; set; }
        public int Refused => refused;
        public Portal Portal { get; private set; } = null!;
        public string KeyFile => keyFile;
        public static string Key => $"{Id}\n{Secret}\n";

        public async ValueTask InitializeAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            server = builder.Build();
            server.Run(AnswerAsync);
            await server.StartAsync();
            await File.WriteAllTextAsync(keyFile, Key);
            var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            Portal = new() { Settings = [("PORTAL_FILES_S3", address + "/files/portal"), ("PORTAL_FILES_S3_KEY_FILE", keyFile), ("PORTAL_FILES_S3_REGION", "test-1")] };
            await Portal.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Portal.DisposeAsync();
            await server!.DisposeAsync();
            File.Delete(keyFile);
        }

        private async Task AnswerAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (Trouble is { } trouble) { context.Response.StatusCode = (int)trouble; return; }
            if (!IsSigned(context.Request, body.ToArray())) { Interlocked.Increment(ref refused); context.Response.StatusCode = 403; return; }
            var path = context.Request.Path.Value!;
            switch (context.Request.Method)
            {
                case "PUT": Objects[path] = body.ToArray(); break;
                case "DELETE": Objects.TryRemove(path, out _); context.Response.StatusCode = 204; break;
                default:
                    if (Objects.TryGetValue(path, out var found)) await context.Response.Body.WriteAsync(found);
                    else context.Response.StatusCode = 404;
                    break;
            }
        }

        // by hand from the documentation, not by our own code
        private static bool IsSigned(HttpRequest request, byte[] body)
        {
            string Header(string name) => request.Headers[name].ToString();
            static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
            static byte[] Mac(byte[] key, string text) { using var hmac = new HMACSHA256(key); return hmac.ComputeHash(Encoding.UTF8.GetBytes(text)); }
            var day = Header("x-amz-date")[..8];
            var names = "host;x-amz-content-sha256;x-amz-date";
            if (Header("x-amz-content-sha256") != Hex(SHA256.HashData(body))) return false;
            var canonical = string.Join('\n', request.Method, request.Path.Value, "", "host:" + request.Host.Value, "x-amz-content-sha256:" + Header("x-amz-content-sha256"), "x-amz-date:" + Header("x-amz-date"), "", names, Header("x-amz-content-sha256"));
            var text = string.Join('\n', "AWS4-HMAC-SHA256", Header("x-amz-date"), $"{day}/test-1/s3/aws4_request", Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
            var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + Secret), day), "test-1"), "s3"), "aws4_request");
            return Header("Authorization") == $"AWS4-HMAC-SHA256 Credential={Id}/{day}/test-1/s3/aws4_request, SignedHeaders={names}, Signature={Hex(Mac(key, text))}";
        }
    }

    [Fact]
    public void A_request_is_signed_as_the_published_example()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/?lifecycle");
        S3Signature.Sign(request, [], "us-east-1", ("AKIA" + "IOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"), new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        Assert.EndsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543", request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_lies_in_the_bucket_alone_and_comes_back_byte_for_byte()
    {
        var portal = bucket.Portal;
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcdef\n", 200_000)));
        var (kept, back) = await KeepAsync(bytes);
        Assert.Equal(bytes, back);
        Assert.Equal(4, bucket.Objects.Keys.Count(k => k.StartsWith($"/files/portal/{portal.World.Acorn.Id.Value:n}/{kept!.Id:n}/", StringComparison.Ordinal)));
        Assert.Equal(0, await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().FileChunks.CountAsync(c => c.FileId == kept!.Id, Cancel)));
        // another client's scope finds no row, and so no way to the objects
        await using var foreign = new MemoryStream();
        await portal.AsAsync(portal.World.Birch.Id, s => s.GetRequiredService<FileStore>().CopyToAsync(portal.World.Acorn.Id, kept!.Id, foreign, Cancel));
        Assert.Empty(foreign.ToArray());
        await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<FileStore>().ForgetAsync([], portal.Clock.GetUtcNow().AddDays(1), Cancel));
        Assert.DoesNotContain(bucket.Objects.Keys, k => k.Contains($"{kept!.Id:n}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_away_or_refuses_loses_no_words_and_leaves_no_row()
    {
        var before = await RowsAsync();
        foreach (var trouble in new[] { HttpStatusCode.ServiceUnavailable, HttpStatusCode.InsufficientStorage })
        {
            bucket.Trouble = trouble;
            var refusal = await RefusedAsync();
            Assert.Contains("Your text is saved", refusal, StringComparison.Ordinal);
        }
        bucket.Trouble = null;
        await File.WriteAllTextAsync(bucket.KeyFile, "TESTKEYID\nwrong\n", Cancel);
        Assert.Contains("Your text is saved", await RefusedAsync(), StringComparison.Ordinal);
        Assert.True(bucket.Refused > 0);
        await File.WriteAllTextAsync(bucket.KeyFile, Bucket.Key, Cancel);
        Assert.Equal(before, await RowsAsync());
        Assert.Equal("ok\n"u8.ToArray(), (await KeepAsync("ok\n"u8.ToArray())).Back);
    }

    private Task<int> RowsAsync() => bucket.Portal.AsAsync(bucket.Portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().Files.CountAsync(Cancel));

    private async Task<string> RefusedAsync() => (await bucket.Portal.AsAsync(bucket.Portal.World.Acorn.Id, s => s.GetRequiredService<FileStore>().KeepAsync(new MemoryStream("words\n"u8.ToArray()), "a.txt", Cancel))).Refusal!.Sentence;

    private Task<(KeptFile? Kept, byte[] Back)> KeepAsync(byte[] bytes) => bucket.Portal.AsAsync(bucket.Portal.World.Acorn.Id, async s =>
    {
        var store = s.GetRequiredService<FileStore>();
        var (kept, refusal) = await store.KeepAsync(new MemoryStream(bytes), "big.log", Cancel);
        Assert.Null(refusal);
        await using var back = new MemoryStream();
        await store.CopyToAsync(bucket.Portal.World.Acorn.Id, kept!.Id, back, Cancel);
        return ((KeptFile?)kept, back.ToArray());
    });
}
