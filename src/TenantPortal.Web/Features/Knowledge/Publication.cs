using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>One publish for one client while it is being worked out: which rows are new, changed, the same or gone, and which values are missing where.</summary>
internal sealed class Publication(TenantId client, ClientFacts facts, IReadOnlyList<Site> sites, IReadOnlyList<PublishedRunbook> rows, long generation, DateTimeOffset now)
{
    private readonly VariableResolver resolver = new(facts);
    private readonly HashSet<Guid> kept = [];
    private readonly List<MissingValue> missing = [];
    private readonly List<RefusedGuide> refused = [];
    private int published, unchanged;

    private readonly List<PublishedRunbook> added = [];

    /// <summary>Changes the client's tracked rows and returns the new ones; saving is the caller's part.</summary>
    public static async Task<(PublishReport Report, IReadOnlyList<PublishedRunbook> Added)> WorkOutAsync(PortalDb db, Client company, LibraryContent library, long generation, DateTimeOffset now, CancellationToken cancel)
    {
        var own = await ReadLibrary.GuidesAsync(db, cancel);
        var facts = await FactsAsync(db, company, library.Values, cancel);
        var sites = await db.Sites.AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel);
        var publication = new Publication(company.Id, facts, sites, await db.Published.ToListAsync(cancel), generation, now);
        // a client's own guide stands in for the library's of the same address
        foreach (var guide in own.Concat(library.Guides.Where(g => own.TrueForAll(o => o.Version.Slug != g.Version.Slug && o.Version.RunbookId != g.Version.RunbookId)))) publication.Add(guide);
        return (publication.Finish(), publication.added);
    }

    // everything that the client's records say
    private static async Task<ClientFacts> FactsAsync(PortalDb db, Client company, IReadOnlyList<VariableValue> library, CancellationToken cancel)
    {
        var look = await db.Looks.AsNoTracking().Where(l => l.TenantId == company.Id).Select(l => new { l.Phone, l.Hours }).FirstOrDefaultAsync(cancel);
        var values = await db.Variables.AsNoTracking().Where(v => v.TenantId == company.Id).ToListAsync(cancel);
        return new()
        {
            Name = company.Name,
            Phone = look?.Phone,
            Hours = look?.Hours,
            Values = [.. values, .. library.Where(l => !values.Any(v => v.Level == VariableLevel.Library && v.Name == l.Name))],
            Printers = await db.Printers.AsNoTracking().Where(p => p.TenantId == company.Id).ToListAsync(cancel),
            VpnProfiles = await db.VpnProfiles.AsNoTracking().Where(p => p.TenantId == company.Id).ToListAsync(cancel),
        };
    }

    private void Add(ApprovedGuide guide)
    {
        if (guide.Document is not { } document)
        {
            refused.Add(new(guide.Version.Slug, guide.Version.Title, guide.Problem!));
            return;
        }
        var open = document.Variables.Where(v => resolver.IsOpen(v.Key)).ToDictionary(v => v.Key, v => new OpenVariable(v.Value.Type, v.Value.Required, resolver.ForClient(v.Key, v.Value)), StringComparer.Ordinal);
        var settled = document.Variables.Where(v => !open.ContainsKey(v.Key)).ToDictionary(v => v.Key, v => resolver.ForClient(v.Key, v.Value), StringComparer.Ordinal);
        var absent = settled.Where(v => v.Value is null && document.Variables[v.Key].Required).Select(v => v.Key).ToList();
        missing.AddRange(absent.Select(name => Missing(document, name, null)));
        ListSites(document, open);
        if (absent.Count == 0) Write(guide.Version, document, open, settled);
    }

    /// <summary>Withdraws what was not added, and reports.</summary>
    private PublishReport Finish()
    {
        var gone = rows.Where(r => !kept.Contains(r.RunbookId)).ToList();
        var withdrawn = 0;
        foreach (var row in gone.Where(r => !r.IsWithdrawn))
        {
            (row.IsWithdrawn, row.Generation) = (true, generation);
            withdrawn++;
        }
        // a withdrawn guide gives its address up to the next one that wants it
        foreach (var row in gone.Where(r => rows.Concat(added).Any(other => other != r && other.Slug == r.Slug))) row.Slug = $"{row.Slug}--{row.RunbookId:n}";
        return new(generation, published, withdrawn, unchanged, missing, refused);
    }

    private void ListSites(RunbookDocument document, Dictionary<string, OpenVariable> open)
    {
        foreach (var (name, variable) in open.Where(v => v.Value.Required && !VariableResolver.IsPersonal(v.Key)))
        {
            if (sites.Count == 0 && variable.Otherwise is null) missing.Add(Missing(document, name, null));
            missing.AddRange(sites.Where(site => resolver.For(name, variable, new(Site: site)) is null).Select(site => Missing(document, name, site.Name)));
        }
    }

    private static MissingValue Missing(RunbookDocument document, string name, string? site) => new(document.Slug, document.Title, name, document.Variables[name].Description, site);

    private void Write(RunbookVersion version, RunbookDocument document, Dictionary<string, OpenVariable> open, Dictionary<string, string?> settled)
    {
        var hash = Hash(version, open, settled);
        var row = rows.FirstOrDefault(r => r.RunbookId == document.Id);
        if (row is { IsWithdrawn: false } && row.VersionHash == hash && row.ApprovedBy == version.ApprovedBy && row.ApprovedAt == version.ApprovedAt && row.Slug == version.Slug && row.Content.ReviewBy == version.ReviewBy)
        {
            kept.Add(document.Id);
            unchanged++;
            return;
        }
        var guide = new GuideRenderer(document, version.Pack ?? LibraryCopy.Own, open, name => settled.TryGetValue(name, out var value) ? value ?? "" : null).Render();
        guide = guide with { Content = guide.Content with { ReviewBy = version.ReviewBy } };
        if (guide.Problem is { } problem)
        {
            refused.Add(new(document.Slug, document.Title, problem));
            return;
        }
        kept.Add(document.Id);
        published++;
        if (row is null) added.Add(row = Row(version, document, guide, hash));
        (row.VersionHash, row.Slug, row.Title, row.Summary, row.Category) = (hash, document.Slug, guide.Title, guide.Summary, document.Category);
        (row.MinTier, row.Audience, row.Content, row.PublishedAt) = (document.MinTier, [.. document.Audience], guide.Content, now);
        (row.ApprovedBy, row.ApprovedAt, row.Generation, row.IsWithdrawn) = (version.ApprovedBy!, version.ApprovedAt!.Value, generation, false);
    }

    private PublishedRunbook Row(RunbookVersion version, RunbookDocument document, RenderedGuide guide, string hash) => new()
    {
        TenantId = client, RunbookId = document.Id, VersionHash = hash, Slug = document.Slug, Title = guide.Title, Summary = guide.Summary, Category = document.Category, MinTier = document.MinTier,
        Audience = [.. document.Audience], Content = guide.Content, PublishedAt = now, ApprovedBy = version.ApprovedBy!, ApprovedAt = version.ApprovedAt!.Value, Generation = generation,
    };

    private string Hash(RunbookVersion version, Dictionary<string, OpenVariable> open, Dictionary<string, string?> settled)
    {
        var text = new StringBuilder($"{GuideRenderer.Version}\n{version.Hash}\n{version.Pack}\n");
        foreach (var (name, value) in settled.Concat(open.Select(o => KeyValuePair.Create(o.Key, o.Value.Otherwise))).OrderBy(v => v.Key, StringComparer.Ordinal)) text.Append(name).Append('=').Append(value).Append('\n');
        foreach (var line in resolver.Nearby(open.Keys)) text.Append(line).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
