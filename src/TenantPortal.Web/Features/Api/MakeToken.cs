using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>Makes tokens and takes them back, each with the event that says who did it: a client's among its own, one of staff among the provider's.</summary>
public sealed class MakeToken(ApiTokens tokens, ClientDirectory clients, StaffDirectory staff, ClientScopes scopes, TimeProvider time)
{
    /// <summary>The token, which is shown this once; or why there is none.</summary>
    public async Task<(string? Token, Refusal? Refusal)> RunAsync(string name, Client? client, StaffMember? member, ApiScopes allowed, int days, string byName, Guid? byId, CancellationToken cancel)
    {
        if (name.Trim() is not { Length: > 0 and <= 80 } named) return (null, new("Give the token a name of at most 80 characters that says which program has it, such as “PSA sync”."));
        if ((client is null) == (member is null)) return (null, new("A token is of one client or of one member of staff."));
        if (client is { IsMsp: true } or { IsActive: false } || member is { IsActive: false }) return (null, new("Choose an active client or an active member of staff."));
        if (allowed == ApiScopes.None) return (null, new("Choose what the token may do."));
        if (days is < 1 or > ApiToken.LongestDays) return (null, new($"A token lives 1 to {ApiToken.LongestDays} days."));
        var (token, hash) = ApiTokens.Make();
        var now = time.GetUtcNow();
        var made = new ApiToken { Hash = hash, Name = named, TenantId = client?.Id, StaffId = member?.Id, Scopes = allowed, CreatedAt = now, ByName = byName, ExpiresAt = now.AddDays(days) };
        await SaveAsync("token-made", made, byName, byId, transaction => ApiTokens.AddAsync(made, transaction, cancel), cancel);
        return (token, null);
    }

    public async Task<Refusal?> RevokeAsync(Guid id, string byName, Guid? byId, CancellationToken cancel)
    {
        if (tokens.All.FirstOrDefault(t => t.Id == id) is not { RevokedAt: null } token) return new("This token was taken back already.");
        await SaveAsync("token-revoked", token, byName, byId, transaction => ApiTokens.RevokeAsync(id, time.GetUtcNow(), transaction, cancel), cancel);
        return null;
    }

    private async Task SaveAsync(string kind, ApiToken token, string byName, Guid? byId, Func<System.Data.Common.DbTransaction, Task> change, CancellationToken cancel)
    {
        var home = token.TenantId ?? clients.Msp.Id;
        var whose = token.StaffId is { } id ? staff.ById(id)?.Key ?? "" : "";
        await scopes.RunAsync(home, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await change(transaction.GetDbTransaction());
            db.Add(new ClientEvent { TenantId = home, Kind = kind, ActorName = byName, ActorId = byId, At = time.GetUtcNow(), Detail = new() { ["token"] = token.Id.ToString(), ["name"] = token.Name, ["scopes"] = string.Join(' ', ApiToken.Words(token.Scopes)), ["staff"] = whose, ["expires"] = token.ExpiresAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) } });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        });
        await tokens.RefreshAsync(cancel);
    }
}
