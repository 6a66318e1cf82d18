using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Brings forms, triage rules, synonyms and pictures of a pack into its tenant; rows that are the same already stay untouched.</summary>
internal sealed class PackParts(PortalDb db, TenantId owner)
{
    public async Task MergeAsync(Pack pack, DateTimeOffset now, CancellationToken cancel)
    {
        await FormsAsync(pack, cancel);
        if (pack.Triage is { } rules) await TriageAsync(rules, now, cancel);
        await GlossaryAsync(pack, cancel);
        await MediaAsync(pack, cancel);
    }

    private async Task FormsAsync(Pack pack, CancellationToken cancel)
    {
        var stored = await db.RequestTypes.ToDictionaryAsync(r => r.Id, cancel);
        foreach (var form in pack.RequestTypes)
        {
            if (!stored.TryGetValue(form.Id, out var known)) db.Add(form);
            else
            {
                (known.Slug, known.Title, known.Summary, known.Category) = (form.Slug, form.Title, form.Summary, form.Category);
                (known.Group, known.Icon, known.NeedsManager) = (form.Group, form.Icon, form.NeedsManager);
                if (!Same(known.Fields, form.Fields)) known.Fields = form.Fields;
            }
        }
    }

    private async Task TriageAsync(TriageRules rules, DateTimeOffset now, CancellationToken cancel)
    {
        var active = await db.TriageRules.Where(r => r.IsActive).ToListAsync(cancel);
        if (active is [var only] && Same(only.Rules, rules)) return;
        foreach (var older in active) older.IsActive = false;
        var set = new TriageRuleSet { TenantId = owner, Rules = rules, CreatedAt = now };
        db.Add(set);
        db.Add(new ClientEvent
        {
            TenantId = owner, Kind = "triage-rules-changed", ActorName = "content import", At = now,
            Detail = new() { ["before"] = string.Join(", ", active.Select(a => $"{a.Id}: categories {a.Rules.CategoriesVersion}, matrix {a.Rules.MatrixVersion}")), ["after"] = $"{set.Id}: categories {rules.CategoriesVersion}, matrix {rules.MatrixVersion}" },
        });
    }

    private async Task GlossaryAsync(Pack pack, CancellationToken cancel)
    {
        var stored = await db.Glossary.ToDictionaryAsync(t => t.Term, StringComparer.Ordinal, cancel);
        foreach (var term in pack.Glossary)
        {
            if (!stored.TryGetValue(term.Term, out var known)) db.Add(new GlossaryTerm { TenantId = owner, Term = term.Term, Same = [.. term.Same], Meaning = term.Meaning, Pack = pack.Name });
            else if (known.Pack == pack.Name) (known.Same, known.Meaning) = (known.Same.SequenceEqual(term.Same) ? known.Same : [.. term.Same], term.Meaning);
            else if (term.Same.Except(known.Same).ToList() is { Count: > 0 } more) known.Same = [.. known.Same, .. more];
        }
        db.RemoveRange(stored.Values.Where(t => t.Pack == pack.Name && !pack.Glossary.Any(g => g.Term == t.Term)));
    }

    private async Task MediaAsync(Pack pack, CancellationToken cancel)
    {
        var stored = await db.Media.Where(m => m.Pack == pack.Name).ToDictionaryAsync(m => m.Name, StringComparer.Ordinal, cancel);
        foreach (var picture in pack.Media)
        {
            if (!stored.Remove(picture.Name, out var known)) db.Add(new PackMedia { TenantId = owner, Pack = pack.Name, Name = picture.Name, MediaType = picture.MediaType, Bytes = picture.Bytes });
            else if (!known.Bytes.AsSpan().SequenceEqual(picture.Bytes)) (known.Bytes, known.MediaType) = (picture.Bytes, picture.MediaType);
        }
        db.RemoveRange(stored.Values);
    }

    internal static bool Same<T>(T one, T other) => JsonSerializer.Serialize(one, ColumnTypes.JsonOptions) == JsonSerializer.Serialize(other, ColumnTypes.JsonOptions);
}
