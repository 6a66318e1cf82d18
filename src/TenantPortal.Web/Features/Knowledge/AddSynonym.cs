using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Gives one client another way to say something; its next search knows it, and no other client's does.</summary>
public sealed class AddSynonym(IServiceScopeFactory scopes, TimeProvider time)
{
    private const int Longest = 80, Most = 20;

    /// <param name="same">Other words for it, divided by commas.</param>
    public async Task<Refusal?> RunAsync(TenantId client, string? term, string? same, string by, CancellationToken cancel)
    {
        var word = (term ?? "").Trim();
        var others = (same ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (word.Length is 0 or > Longest || others.Count is 0 or > Most || others.Exists(other => other.Length > Longest)) return new("Write a word and up to 20 others for it, divided by commas, each up to 80 characters.");
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // counted first, so that two people who add the same word follow each other
        await db.NextGenerationAsync(client, cancel);
        if (await db.Glossary.AnyAsync(g => g.TenantId == client && g.Term == word, cancel)) return new($"“{word}” has other words already.");
        db.Add(new GlossaryTerm { TenantId = client, Term = word, Same = others });
        db.Add(new ClientEvent { TenantId = client, Kind = "synonym-added", ActorName = by, At = time.GetUtcNow(), Detail = new() { ["term"] = word, ["same"] = string.Join(", ", others) } });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}
