using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Brings the library's forms, rules, synonyms and pictures to a client, whose pages then read the client's own rows alone. What the client made itself stays.</summary>
internal static class LibraryCopy
{
    /// <summary>The name under which a client keeps pictures of its own guides.</summary>
    public const string Own = "own";

    public static async Task IntoAsync(PortalDb db, TenantId client, LibraryContent library, CancellationToken cancel)
    {
        Forms(db, client, library, await db.RequestTypes.ToListAsync(cancel));
        Rules(db, client, library, await db.TriageRules.ToListAsync(cancel));
        Glossary(db, client, library, await db.Glossary.ToListAsync(cancel));
        Media(db, client, library, await db.Media.ToListAsync(cancel));
    }

    private static void Forms(PortalDb db, TenantId client, LibraryContent library, List<RequestType> here)
    {
        foreach (var form in library.RequestTypes)
        {
            if (here.Exists(h => h.Slug == form.Slug && h.Id != form.Id)) continue;
            var copy = here.Find(h => h.Id == form.Id);
            if (copy is null) db.Add(copy = new() { TenantId = client, Id = form.Id, Slug = form.Slug, Title = form.Title, Summary = form.Summary, Category = form.Category, Group = form.Group, Icon = form.Icon, Fields = form.Fields });
            (copy.Slug, copy.Title, copy.Summary, copy.Category, copy.Group, copy.Icon) = (form.Slug, form.Title, form.Summary, form.Category, form.Group, form.Icon);
            (copy.NeedsManager, copy.Fields, copy.IsActive) = (form.NeedsManager, form.Fields, form.IsActive);
        }
    }

    // the copy keeps the library's id; a client's own rules have another, and while they are active the library's rest
    private static void Rules(PortalDb db, TenantId client, LibraryContent library, List<TriageRuleSet> here)
    {
        var hasOwn = here.Exists(h => h.IsActive && library.Rules.All(r => r.Id != h.Id));
        foreach (var rules in library.Rules)
        {
            var copy = here.Find(h => h.Id == rules.Id);
            if (copy is null && !rules.IsActive) continue;
            if (copy is null) db.Add(copy = new() { TenantId = client, Id = rules.Id, Rules = rules.Rules, CreatedAt = rules.CreatedAt });
            (copy.Rules, copy.IsActive) = (rules.Rules, rules.IsActive && !hasOwn);
        }
    }

    private static void Glossary(PortalDb db, TenantId client, LibraryContent library, List<GlossaryTerm> here)
    {
        var offered = library.Glossary.ToDictionary(g => g.Term, StringComparer.Ordinal);
        db.RemoveRange(here.Where(h => h.Pack is not null && !offered.ContainsKey(h.Term)));
        foreach (var term in library.Glossary)
        {
            var copy = here.Find(h => h.Term == term.Term);
            if (copy is null) db.Add(copy = new() { TenantId = client, Term = term.Term, Pack = term.Pack ?? "library" });
            if (copy.Pack is not null) (copy.Same, copy.Meaning) = ([.. term.Same], term.Meaning);
        }
    }

    private static void Media(PortalDb db, TenantId client, LibraryContent library, List<PackMedia> here)
    {
        var copies = here.ToDictionary(h => (h.Pack, h.Name));
        foreach (var picture in library.Media)
        {
            if (!copies.TryGetValue((picture.Pack, picture.Name), out var copy)) db.Add(new PackMedia { TenantId = client, Pack = picture.Pack, Name = picture.Name, MediaType = picture.MediaType, Bytes = picture.Bytes });
            else if (copy.MediaType != picture.MediaType || !copy.Bytes.AsSpan().SequenceEqual(picture.Bytes)) (copy.MediaType, copy.Bytes) = (picture.MediaType, picture.Bytes);
        }
        var offered = library.Media.Select(m => (m.Pack, m.Name)).ToHashSet();
        db.RemoveRange(here.Where(h => h.Pack != Own && !offered.Contains((h.Pack, h.Name))));
    }
}
