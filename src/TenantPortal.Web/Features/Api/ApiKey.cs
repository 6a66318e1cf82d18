using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>A caller's own key for one request: what was carried out under it is not carried out again. It is written in the transaction of what it stands for.</summary>
public sealed class ApiKey(PortalDb db, Me me)
{
    public const string Header = "Idempotency-Key";
    public const int Longest = 200;

    /// <summary>A sentence about a key that cannot be used; null where there is none or it is good.</summary>
    public static string? Problem(string? key) => key is null || key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and < (char)127) ? null : $"An Idempotency-Key has 1 to {Longest} printable characters and no spaces.";

    public static byte[] HashOf(HttpContext context, object? body) => SHA256.HashData(Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path} {JsonSerializer.Serialize(body)}"));

    /// <summary>True: this request was carried out before. False: another one was, under the same key. Null: none was.</summary>
    public async Task<bool?> WasDoneAsync(Client client, string key, byte[] hash, CancellationToken cancel)
    {
        var token = me.TokenOrNone!.Id;
        var before = await db.ApiCalls.AsNoTracking().Where(c => c.TenantId == client.Id && c.TokenId == token && c.Key == key).Select(c => c.RequestHash).SingleOrDefaultAsync(cancel);
        return before is null ? null : before.AsSpan().SequenceEqual(hash);
    }

    /// <summary>Adds the key to the save that carries the request out.</summary>
    public void Add(Client client, string key, byte[] hash, DateTimeOffset now) => db.Add(new ApiCall { TenantId = client.Id, TokenId = me.TokenOrNone!.Id, Key = key, RequestHash = hash, At = now });

    public Task ForgetAsync(Client client, DateTimeOffset now, CancellationToken cancel) => db.ApiCalls.Where(c => c.TenantId == client.Id && c.At < now - ApiCall.Kept).ExecuteDeleteAsync(cancel);

    /// <summary>The key of the form, so that the same request never makes a second ticket.</summary>
    public Guid FormKey(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{me.TokenOrNone!.Id} {key}")).AsSpan(0, 16));
}
