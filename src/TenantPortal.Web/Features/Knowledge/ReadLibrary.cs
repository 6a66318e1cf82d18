using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>A version that may be published, with its document; no document where its source can no longer be read.</summary>
public sealed record ApprovedGuide(RunbookVersion Version, RunbookDocument? Document, string? Problem);

/// <summary>What the MSP offers to every client.</summary>
public sealed record LibraryContent(IReadOnlyList<ApprovedGuide> Guides, IReadOnlyList<RequestType> RequestTypes, IReadOnlyList<TriageRuleSet> Rules, IReadOnlyList<GlossaryTerm> Glossary, IReadOnlyList<PackMedia> Media, IReadOnlyList<VariableValue> Values)
{
    /// <summary>The part of it that one client reads: what belongs to no pack, and the packs named for that client.</summary>
    public LibraryContent For(Client client) => this with
    {
        Guides = [.. Guides.Where(g => Reads(client, g.Version.Pack))],
        Glossary = [.. Glossary.Where(g => Reads(client, g.Pack))],
        Media = [.. Media.Where(m => Reads(client, m.Pack))],
    };

    private static bool Reads(Client client, string? pack) => pack is null || client.Packs.Contains(pack);
}

/// <summary>Reads the library in a scope of the MSP alone, never together with a client's rows.</summary>
public sealed class ReadLibrary(IServiceScopeFactory scopes, ClientDirectory clients)
{
    public async Task<LibraryContent> RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(clients.Msp.Id);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        return new(
            await GuidesAsync(db, cancel),
            await db.RequestTypes.AsNoTracking().ToListAsync(cancel),
            await db.TriageRules.AsNoTracking().ToListAsync(cancel),
            await db.Glossary.AsNoTracking().ToListAsync(cancel),
            await db.Media.AsNoTracking().ToListAsync(cancel),
            await db.Variables.AsNoTracking().Where(v => v.Level == VariableLevel.Library).ToListAsync(cancel));
    }

    /// <summary>Of each guide the newest version that was ever approved, unless it was withdrawn.</summary>
    public static async Task<List<ApprovedGuide>> GuidesAsync(PortalDb db, CancellationToken cancel)
    {
        var versions = await db.RunbookVersions.AsNoTracking().Where(v => v.State != RunbookState.Draft && v.State != RunbookState.InReview).ToListAsync(cancel);
        return [.. versions.GroupBy(v => v.RunbookId).Select(v => v.MaxBy(version => version.Number)!).Where(v => v.State != RunbookState.Archived).OrderBy(v => v.Slug, StringComparer.Ordinal).Select(Parse)];
    }

    private static ApprovedGuide Parse(RunbookVersion version)
    {
        if (version.ApprovedBy is null || version.ApprovedAt is null) return new(version, null, "Nobody is recorded as having approved this version.");
        var problems = new ContentProblems();
        var document = RunbookFile.Read(ContentFile.FromText($"{version.Slug}.md", version.Source, problems), version.Slug, problems);
        return new(version, document, document is null ? problems.All[0].ToString() : null);
    }
}
