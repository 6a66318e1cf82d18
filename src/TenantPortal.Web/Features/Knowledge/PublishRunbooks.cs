using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Writes one client's own copies of what it may read: the library's approved guides and its own, with its values filled in, and the library's forms, rules, synonyms and pictures.</summary>
public sealed class PublishRunbooks(IServiceScopeFactory scopes, ReadLibrary readLibrary, ClientDirectory clients, TimeProvider time)
{
    public const string ByImport = "content import";

    public async Task<PublishReport> RunAsync(TenantId client, CancellationToken cancel, string by = ByImport) => await RunAsync(client, await readLibrary.RunAsync(cancel), by, cancel);

    /// <summary>For a caller that publishes to many clients and reads the library once.</summary>
    public async Task<PublishReport> RunAsync(TenantId client, LibraryContent library, string by, CancellationToken cancel)
    {
        var company = clients.ById(client) ?? throw new InvalidOperationException($"There is no client {client} to publish to.");
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var report = await IntoAsync(db, company, library, by, cancel);
        await transaction.CommitAsync(cancel);
        return report;
    }

    /// <summary>What a publish would do now; nothing of it stays.</summary>
    public async Task<PublishReport> TryAsync(TenantId client, CancellationToken cancel)
    {
        var (company, library) = (clients.ById(client) ?? throw new InvalidOperationException($"There is no client {client} to publish to."), await readLibrary.RunAsync(cancel));
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        return await IntoAsync(db, company, library, ByImport, cancel);
    }

    /// <summary>Publishes within the caller's transaction, whose scope is the client.</summary>
    public async Task<PublishReport> IntoAsync(PortalDb db, Client company, LibraryContent library, string by, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Publishing into a transaction takes one.");
        await transaction.CreateSavepointAsync("publish", cancel);
        var (client, own) = (company.Id, library.For(company));
        var generation = await db.NextGenerationAsync(client, cancel);
        await LibraryCopy.IntoAsync(db, client, own, cancel);
        var (report, added) = await Publication.WorkOutAsync(db, company, own, generation, time.GetUtcNow(), cancel);
        db.AddRange(added);
        if (!db.ChangeTracker.HasChanges())
        {
            // nothing changed: the count and its notice go back, and every index stays as it is
            await transaction.RollbackToSavepointAsync("publish", cancel);
            return report with { Generation = generation - 1 };
        }
        db.Add(new ClientEvent
        {
            TenantId = client, Kind = "published", ActorName = by, At = time.GetUtcNow(),
            Detail = new() { ["generation"] = $"{generation}", ["published"] = $"{report.Published}", ["withdrawn"] = $"{report.Withdrawn}", ["missing"] = $"{report.Missing.Count}" },
        });
        await db.SaveChangesAsync(cancel);
        return report;
    }
}
