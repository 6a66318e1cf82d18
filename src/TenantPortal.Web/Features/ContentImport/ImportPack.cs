using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>What came of a pack: new and approved versions, or the problems for which nothing of it was taken.</summary>
public sealed record ImportedPack(string Name, int Runbooks, int NewVersions, int Approved, int RequestTypes, int Pictures, IReadOnlyList<ContentProblem> Problems, IReadOnlyList<ContentProblem> Warnings)
{
    public static ImportedPack Refused(string folder, ContentProblems problems) => new(Path.GetFileName(folder), 0, 0, 0, 0, 0, problems.All, problems.Warnings);
}

/// <summary>Takes a pack's folder into the library, the MSP's own tenant: all of it or nothing. Guides arrive as drafts unless a member of staff answers for these bytes.</summary>
public sealed class ImportPack(PortalDb db, TenantScope scope, StaffDirectory staff, TimeProvider time)
{
    /// <param name="approveAs">Key of the staff member who approved exactly these bytes; null: new guides are drafts.</param>
    public async Task<ImportedPack> RunAsync(string folder, string? approveAs, CancellationToken cancel)
    {
        var problems = new ContentProblems();
        var approver = approveAs is null ? null : Approver(approveAs);
        if (new PackFolder(folder, scope.Client, problems).Read() is not { } pack) return ImportedPack.Refused(folder, problems);

        var now = time.GetUtcNow();
        var library = await Library.LoadAsync(db, cancel);
        var (added, approved) = (0, 0);
        foreach (var runbook in pack.Runbooks)
        {
            if (library.OwnerOfSlug(runbook.Document) is { } other) problems.Add($"runbooks/{runbook.Document.Slug}.md", 3, $"The library has a guide {runbook.Document.Slug} with another id, {other}. Keep that id, or choose another file name.");
            WarnOfOwner(runbook.Document, problems);
            var newest = library.Newest(runbook.Document.Id);
            if (newest?.Hash != runbook.Hash)
            {
                newest = NewVersion(pack, runbook, (newest?.Number ?? 0) + 1, now);
                library.Add(newest);
                added++;
            }
            if (approver is null || newest.State is RunbookState.Approved or RunbookState.Published) continue;
            library.Approve(newest, approver.Name, now, ReviewBy(runbook.Document, now));
            db.Add(Said("runbook-approved", approver, now, ("slug", newest.Slug), ("hash", newest.Hash), ("version", $"{newest.Number}")));
            approved++;
        }
        await FormsFitAsync(pack, problems, cancel);
        if (pack.Triage is { } rules && !await new TriedRules(db).AreAsync(rules, cancel)) problems.Add("triage", 0, $"These triage rules differ from those that hold. See first what they would have changed: content try {folder}");
        if (problems.Any) return ImportedPack.Refused(folder, problems);

        if (approver is not null) library.Archive(pack.Name, pack.Runbooks.Select(r => r.Document.Id).ToHashSet());
        await new PackParts(db, scope.Client).MergeAsync(pack, now, cancel);
        if (db.ChangeTracker.HasChanges()) db.Add(Said("pack-imported", approver, now, ("pack", pack.Name), ("version", pack.Version), ("new", $"{added}"), ("approved", $"{approved}")));
        await db.SaveChangesAsync(cancel);
        return new(pack.Name, pack.Runbooks.Count, added, approved, pack.RequestTypes.Count, pack.Media.Count, [], problems.Warnings);
    }

    private StaffMember Approver(string key)
    {
        if (staff.ByKey(key) is not { IsActive: true } member) throw new InvalidOperationException($"There is no member of staff “{key}”, so nobody can answer for these guides.");
        if ((member.Roles & (StaffRoles.Author | StaffRoles.ServiceLead | StaffRoles.Operator)) == StaffRoles.None) throw new InvalidOperationException($"{member.Name} may not approve guides: that takes the role author, service-lead or operator.");
        return member;
    }

    private void WarnOfOwner(RunbookDocument document, ContentProblems problems)
    {
        if (staff.ByKey(document.Owner) is null) problems.Warn($"runbooks/{document.Slug}.md", 0, $"The owner “{document.Owner}” is no member of staff; nobody will be asked to review this guide.");
    }

    private async Task FormsFitAsync(Pack pack, ContentProblems problems, CancellationToken cancel)
    {
        var stored = await db.RequestTypes.Select(r => new { r.Slug, r.Id }).ToDictionaryAsync(r => r.Slug, r => r.Id, cancel);
        foreach (var form in pack.RequestTypes.Where(f => stored.TryGetValue(f.Slug, out var id) && id != f.Id)) problems.Add($"request-types/{form.Slug}.yml", 2, $"The library has a form {form.Slug} with another id, {stored[form.Slug]}. Keep that id, or choose another file name.");
    }

    private RunbookVersion NewVersion(Pack pack, PackRunbook runbook, int number, DateTimeOffset now) => new()
    {
        TenantId = scope.Client, RunbookId = runbook.Document.Id, Number = number, Slug = runbook.Document.Slug, Title = runbook.Document.Title, Category = runbook.Document.Category, Pack = pack.Name,
        Hash = runbook.Hash, Source = runbook.Source, State = RunbookState.Draft, AuthorName = $"{pack.Title} {pack.Version}", CreatedAt = now,
    };

    private ClientEvent Said(string kind, StaffMember? by, DateTimeOffset now, params (string Key, string Value)[] detail) =>
        new() { TenantId = scope.Client, Kind = kind, ActorName = by?.Name ?? "content import", ActorId = by?.Id.Value, At = now, Detail = detail.ToDictionary(d => d.Key, d => d.Value) };

    private static DateOnly ReviewBy(RunbookDocument document, DateTimeOffset now)
    {
        var (count, unit) = (int.Parse(document.ReviewEvery.AsSpan()[1..^1], System.Globalization.CultureInfo.InvariantCulture), document.ReviewEvery[^1]);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return unit switch { 'Y' => today.AddYears(count), 'M' => today.AddMonths(count), 'W' => today.AddDays(7 * count), _ => today.AddDays(count) };
    }
}
