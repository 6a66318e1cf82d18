using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>The newest version of one guide of the library, as its keepers see it.</summary>
public sealed record LibraryGuide(Guid RunbookId, Guid VersionId, string Slug, string Title, int Number, RunbookState State, string Author, string? ApprovedBy, DateOnly? ReviewBy, string? Owner)
{
    public bool CanBeApproved => State is RunbookState.Draft or RunbookState.InReview;
    public bool CanBePublished => State == RunbookState.Approved;
    public bool CanBeWithdrawn => State is RunbookState.Approved or RunbookState.Published;
}

/// <summary>Lists the library in a scope of the MSP alone, whichever clients the person who asks serves.</summary>
public sealed class ListLibrary(IServiceScopeFactory scopes, ClientDirectory clients, StaffDirectory staff)
{
    public async Task<IReadOnlyList<LibraryGuide>> RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(clients.Msp.Id);
        var versions = await scope.ServiceProvider.GetRequiredService<PortalDb>().RunbookVersions.AsNoTracking().ToListAsync(cancel);
        return [.. versions.GroupBy(v => v.RunbookId).Select(v => v.MaxBy(version => version.Number)!).OrderBy(v => v.Title, StringComparer.OrdinalIgnoreCase)
            .Select(v => new LibraryGuide(v.RunbookId, v.Id, v.Slug, v.Title, v.Number, v.State, v.AuthorName, v.ApprovedBy, v.ReviewBy, OwnerOf(v)))];
    }

    private string? OwnerOf(RunbookVersion version)
    {
        var problems = new ContentProblems();
        var owner = RunbookFile.Read(ContentFile.FromText($"{version.Slug}.md", version.Source, problems), version.Slug, problems)?.Owner;
        return owner is null ? null : staff.ByKey(owner)?.Name ?? owner;
    }
}
