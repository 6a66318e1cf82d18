using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Links that work once and briefly: 256 random bits, of which only the hash is stored, bound to purpose, client and person.</summary>
public sealed class OneTimeLinks(IDbContextFactory<DirectoryDb> databases, TimeProvider time)
{
    public const string ContactLink = "contact-link", ContactPassword = "contact-password", StaffPassword = "staff-password";

    /// <summary>Null when this person was given <paramref name="most"/> links of the kind within the last hour.</summary>
    public async Task<string?> IssueAsync(string purpose, TenantId? client, Guid person, TimeSpan life, int most, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        if (await db.Tokens.CountAsync(t => t.PersonId == person && t.Purpose == purpose && t.CreatedAt > now.AddHours(-1), cancel) >= most) return null;
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        db.Add(new SignInToken { Hash = Hash(token), Purpose = purpose, TenantId = client, PersonId = person, CreatedAt = now, ExpiresAt = now + life });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Whose link this is while it still works; opening a page does not use it up, so that link scanners do no harm.</summary>
    public async Task<Guid?> PeekAsync(string token, string purpose, TenantId? client, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (hash, now) = (Hash(token), time.GetUtcNow());
        return await db.Tokens.Where(t => t.Hash == hash && t.Purpose == purpose && t.TenantId == client && t.UsedAt == null && t.ExpiresAt > now).Select(t => (Guid?)t.PersonId).SingleOrDefaultAsync(cancel);
    }

    /// <summary>Uses the link up; of two requests at the same moment one gets the person, the other null.</summary>
    public async Task<Guid?> UseAsync(string token, string purpose, TenantId? client, CancellationToken cancel)
    {
        if (await PeekAsync(token, purpose, client, cancel) is not { } person) return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (hash, now) = (Hash(token), time.GetUtcNow());
        return await db.Tokens.Where(t => t.Hash == hash && t.UsedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.UsedAt, now), cancel) == 1 ? person : null;
    }

    public static string HashText(string text) => Convert.ToHexStringLower(Hash(text));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
