using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What came of a file of articles.</summary>
public sealed record ArticlesImported(int Articles, int NewVersions, PublishReport Published);

/// <summary>Takes a file of real articles as guides of one client, approved as given and published at once: all of it or nothing. Runs in a scope of that client.</summary>
public sealed class ImportArticles(PortalDb db, TenantScope scope, StaffDirectory staff, PublishRunbooks publishRunbooks, TimeProvider time)
{
    public async Task<(ArticlesImported? Done, Refusal? Refusal)> RunAsync(string file, string approveAs, CancellationToken cancel)
    {
        if (staff.ByKey(approveAs) is not { IsActive: true } approver) return (null, new($"There is no member of staff “{approveAs}”, so nobody can answer for these articles."));
        if ((approver.Roles & (StaffRoles.Author | StaffRoles.ServiceLead | StaffRoles.Operator)) == StaffRoles.None) return (null, new($"{approver.Name} may not approve guides: that takes the role author, service-lead or operator."));
        var (articles, refusal) = await ReadArticles.FromAsync(file, scope.Client, cancel);
        if (refusal is not null) return (null, refusal);

        var now = time.GetUtcNow();
        var stored = (await db.RunbookVersions.ToListAsync(cancel)).ToLookup(v => v.RunbookId);
        var added = 0;
        foreach (var article in articles)
        {
            var source = article.Source(scope.Client, approver.Key);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
            var newest = stored[article.RunbookId(scope.Client)].MaxBy(v => v.Number);
            if (newest is { State: RunbookState.Approved or RunbookState.Published } && newest.Hash == hash) continue;
            if (Problem(source, article.Slug(scope.Client)) is { } problem) return (null, new($"{file}: the article {article.Id} cannot become a guide: {problem} Nothing was imported."));
            foreach (var older in stored[article.RunbookId(scope.Client)]) older.State = RunbookState.Archived;
            db.Add(Version(article, source, hash, (newest?.Number ?? 0) + 1, approver, now));
            added++;
        }
        if (added > 0) db.Add(new ClientEvent { TenantId = scope.Client, Kind = "articles-imported", ActorName = approver.Name, ActorId = approver.Id.Value, At = now, Detail = new() { ["file"] = Path.GetFileName(file), ["articles"] = $"{articles.Count}", ["new"] = $"{added}" } });
        await db.SaveChangesAsync(cancel);
        return (new(articles.Count, added, await publishRunbooks.RunAsync(scope.Client, cancel, approver.Name)), null);
    }

    private static string? Problem(string source, string slug)
    {
        var problems = new ContentProblems();
        return RunbookFile.Read(ContentFile.FromText($"{slug}.md", source, problems), slug, problems) is null ? problems.All[0].ToString() : null;
    }

    private RunbookVersion Version(ImportedArticle article, string source, string hash, int number, StaffMember approver, DateTimeOffset now) => new()
    {
        TenantId = scope.Client, RunbookId = article.RunbookId(scope.Client), Number = number, Slug = article.Slug(scope.Client), Title = article.ShortTitle, Category = "articles/imported", Hash = hash, Source = source,
        State = RunbookState.Approved, AuthorName = ByImport, ApprovedBy = approver.Name, ApprovedAt = now, CreatedAt = now, ReviewBy = DateOnly.FromDateTime(now.UtcDateTime).AddMonths(6),
    };

    private const string ByImport = PublishRunbooks.ByImport;
}
