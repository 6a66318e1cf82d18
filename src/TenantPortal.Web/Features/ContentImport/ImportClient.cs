using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>What came of a client's folder; no client when it was refused.</summary>
public sealed record ImportedClient(Client? Client, bool IsNew, ClientFiles? Files, IReadOnlyList<ContentProblem> Problems)
{
    public static ImportedClient Refused(ContentProblems problems) => new(null, false, null, problems.All);
}

/// <summary>Brings a client in from its folder, or up to date with it: all of its profile in one transaction, or nothing. Its tickets follow when its guides are published.</summary>
public sealed class ImportClient(ClientScopes scopes, ClientDirectory clients, StaffDirectory staff, TimeProvider time)
{
    private static readonly string[] RoleNames = [.. ContentNames.StaffRoles.Keys];

    /// <param name="keep">Leaves a client that exists already as it is, with all that was changed in the browser.</param>
    public async Task<ImportedClient> RunAsync(string folder, bool keep, CancellationToken cancel)
    {
        var problems = new ContentProblems();
        var known = staff.All.Select(s => s.Key).Concat(RoleNames).ToHashSet(StringComparer.Ordinal);
        if (new ClientFolder(folder, known, problems).Read() is not { } files) return ImportedClient.Refused(problems);

        var existing = clients.All.FirstOrDefault(c => c.Slug == files.Head.Slug);
        CheckName(files.Head, existing, problems);
        if (problems.Any) return ImportedClient.Refused(problems);
        if (existing is not null && keep) return new(existing, false, files, []);

        var now = time.GetUtcNow();
        var client = existing ?? Make(files.Head, now);
        await scopes.RunAsync(client.Id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (existing is null) await ClientDirectory.AddAsync(client, transaction.GetDbTransaction(), cancel);
            var rows = await new ClientMerge(db, client.Id, files, now).RunAsync(cancel);
            if (rows > 0) db.Add(new ClientEvent { TenantId = client.Id, Kind = "client-imported", ActorName = "client import", At = now, Detail = new() { ["new"] = existing is null ? "yes" : "no", ["rows"] = $"{rows}" } });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        });
        if (existing is null) await clients.RefreshAsync(cancel);
        else await clients.ChangeAsync(client.Id, c => (c.Name, c.TimeZone, c.Language, c.Packs) = (files.Head.Name, files.Head.TimeZone, files.Head.Language, [.. files.Head.Packs]), cancel);
        return new(clients.ById(client.Id), existing is null, files, []);
    }

    private static Client Make(ClientHead head, DateTimeOffset now) =>
        new() { Slug = head.Slug, Name = head.Name, TicketPrefix = head.TicketPrefix, TimeZone = head.TimeZone, Language = head.Language, Packs = [.. head.Packs], CreatedAt = now };

    private void CheckName(ClientHead head, Client? existing, ContentProblems problems)
    {
        if (existing is { IsMsp: true }) problems.Add("client.yml", 2, $"“{head.Slug}” is the provider's own name.");
        if (existing is not null && existing.TicketPrefix != head.TicketPrefix) problems.Add("client.yml", 4, $"{existing.Name} has tickets numbered {existing.TicketPrefix}-…; the prefix cannot change to {head.TicketPrefix}.");
        if (clients.All.FirstOrDefault(c => c.TicketPrefix == head.TicketPrefix && c.Slug != head.Slug) is { } other) problems.Add("client.yml", 4, $"The prefix {head.TicketPrefix} belongs to {other.Name}.");
    }
}
