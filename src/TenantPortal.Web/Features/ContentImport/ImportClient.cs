using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>What came of a client's folder; no client when it was refused.</summary>
public sealed record ImportedClient(Client? Client, bool IsNew, ClientFiles? Files, IReadOnlyList<ContentProblem> Problems)
{
    public static ImportedClient Refused(ContentProblems problems) => new(null, false, null, problems.All);
}

/// <summary>What follows a client's profile in the same transaction: its guides, its tickets.</summary>
public delegate Task AfterProfile(IServiceProvider services, Client client, ClientFiles files);

/// <summary>Brings a client in from its folder, or up to date with it: all of it in one transaction, or nothing.</summary>
public sealed class ImportClient(ClientScopes scopes, ClientDirectory clients, StaffDirectory staff, OnCallDirectory onCall, ClientProfiles profiles, TimeProvider time)
{
    private static readonly string[] RoleNames = [.. ContentNames.StaffRoles.Keys];

    /// <param name="keep">Leaves a client that exists already as it is, with all that was changed in the browser.</param>
    /// <param name="trial">Set: everything is done and then taken back, and this hears what would have been different.</param>
    public async Task<ImportedClient> RunAsync(string folder, bool keep, CancellationToken cancel, AfterProfile? then = null, Action<IReadOnlyList<string>>? trial = null)
    {
        var problems = new ContentProblems();
        var known = staff.All.Select(s => s.Key).Concat(RoleNames).Concat(onCall.Roster.Rotas.Select(r => r.Key)).Concat(onCall.Versions.Select(v => v.Key)).ToHashSet(StringComparer.Ordinal);
        if (new ClientFolder(folder, known, problems).Read() is not { } files) return ImportedClient.Refused(problems);

        var existing = clients.All.FirstOrDefault(c => c.Slug == files.Head.Slug);
        CheckName(files.Head, existing, problems);
        if (problems.Any) return ImportedClient.Refused(problems);

        var client = existing ?? Make(files.Head, time.GetUtcNow());
        var isKept = existing is not null && keep;
        if (isKept && then is null) return new(client, false, files, []);
        try
        {
            await scopes.RunAsync(client.Id, services => WriteAsync(services, client, files, existing is null, isKept, then, trial, cancel));
        }
        finally
        {
            // what was read within the transaction is not remembered, however it ended
            profiles.Forget(client.Id);
        }
        if (trial is not null) return new(client, existing is null, files, []);
        if (existing is null) await clients.RefreshAsync(cancel);
        else if (!isKept) await clients.ChangeAsync(client.Id, c => (c.Name, c.TimeZone, c.Language, c.Packs) = (files.Head.Name, files.Head.TimeZone, files.Head.Language, [.. files.Head.Packs]), cancel);
        return new(clients.ById(client.Id), existing is null, files, []);
    }

    private async Task WriteAsync(IServiceProvider services, Client client, ClientFiles files, bool isNew, bool isKept, AfterProfile? then, Action<IReadOnlyList<string>>? trial, CancellationToken cancel)
    {
        var (db, now) = (services.GetRequiredService<PortalDb>(), time.GetUtcNow());
        // a part that fails takes the whole with it, so nothing is ever gone back to
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (isNew) await ClientDirectory.AddAsync(client, transaction.GetDbTransaction(), cancel);
        if (!isKept)
        {
            using var differences = new Differences(db);
            var rows = await new ClientMerge(db, client.Id, files, now).RunAsync(cancel);
            if (rows > 0) db.Add(new ClientEvent { TenantId = client.Id, Kind = "client-imported", ActorName = "client import", At = now, Detail = new() { ["new"] = isNew ? "yes" : "no", ["rows"] = $"{rows}" } });
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            trial?.Invoke(differences.Lines);
        }
        if (then is not null) await then(services, client, files);
        if (trial is null) await transaction.CommitAsync(cancel);
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
