using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>The versions of all guides of one tenant, while an import compares them with a pack.</summary>
internal sealed class Library
{
    private readonly PortalDb db;
    private readonly ILookup<Guid, RunbookVersion> stored;

    private Library(PortalDb db, List<RunbookVersion> versions) => (this.db, stored) = (db, versions.OrderBy(v => v.Number).ToLookup(v => v.RunbookId));

    public static async Task<Library> LoadAsync(PortalDb db, CancellationToken cancel) => new(db, await db.RunbookVersions.ToListAsync(cancel));

    public RunbookVersion? Newest(Guid runbook) => stored[runbook].LastOrDefault();

    /// <summary>The id of another guide that holds this one's address in the library.</summary>
    public Guid? OwnerOfSlug(RunbookDocument document) =>
        stored.Where(versions => versions.Key != document.Id && versions.Last() is { State: not RunbookState.Archived } newest && newest.Slug == document.Slug).Select(versions => (Guid?)versions.Key).FirstOrDefault();

    public void Add(RunbookVersion version) => db.Add(version);

    /// <summary>Records who approved these bytes; the version approved before is history from now on.</summary>
    public void Approve(RunbookVersion version, string by, DateTimeOffset now, DateOnly reviewBy)
    {
        foreach (var older in stored[version.RunbookId].Where(v => v != version && v.State is RunbookState.Approved or RunbookState.Published)) older.State = RunbookState.Archived;
        version.State = RunbookState.Approved;
        version.ApprovedBy = by;
        version.ApprovedAt = now;
        version.ReviewBy = reviewBy;
    }

    /// <summary>Withdraws the pack's guides that its files no longer hold.</summary>
    public void Archive(string pack, IReadOnlySet<Guid> kept)
    {
        foreach (var version in stored.Where(versions => !kept.Contains(versions.Key)).SelectMany(versions => versions).Where(v => v.Pack == pack)) version.State = RunbookState.Archived;
    }
}
