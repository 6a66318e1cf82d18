using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads a pack's folder; any problem in it refuses the whole pack.</summary>
public sealed class PackFolder(string folder, TenantId owner, ContentProblems problems)
{
    private static readonly string[] Known = ["pack.yml", "glossary.yml", "triage/categories.yml", "triage/matrix.yml"];

    public Pack? Read()
    {
        if (!Directory.Exists(folder))
        {
            problems.Add(folder, 0, "This is not a folder.");
            return null;
        }
        var names = FolderFiles.In(folder);
        foreach (var name in names.Where(name => !IsKnown(name))) problems.Add(name, 0, "Nothing reads this file. Remove it, or see docs/content-format.md for where it belongs.");
        var head = ReadHead();
        var media = names.Where(n => n.StartsWith("media/", StringComparison.Ordinal)).Select(Picture).OfType<PackPicture>().ToList();
        var pictures = names.Where(n => n.StartsWith("media/", StringComparison.Ordinal)).Select(Path.GetFileName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var triage = Triage(names);
        var runbooks = names.Where(n => n.StartsWith("runbooks/", StringComparison.Ordinal) && IsKnown(n)).Select(n => Runbook(n, pictures)).OfType<PackRunbook>().ToList();
        var forms = names.Where(n => n.StartsWith("request-types/", StringComparison.Ordinal) && IsKnown(n)).Select(Form).OfType<RequestType>().ToList();
        var glossary = names.Contains("glossary.yml") ? Glossary() : [];
        if (!problems.Any) Check(runbooks, forms, triage);
        return problems.Any || head is not { } pack ? null : new(pack.Name, pack.Title, pack.Version, runbooks, forms, triage, glossary, media);
    }

    private static bool IsKnown(string name) => Known.Contains(name) || name.Split('/') is [var part, var file] && (part, Path.GetExtension(file)) is ("runbooks", ".md") or ("request-types", ".yml") or ("media", ".svg" or ".png");

    private (string Name, string Title, string Version)? ReadHead()
    {
        if (ContentFile.ReadText(folder, "pack.yml", problems) is not { } file || YamlTree.ReadMap(file) is not { } map) return null;
        var record = new YamlRecord(file, map);
        RunbookFile.Schema(record);
        var head = (Name: record.Text("name", 60), record.Text("title", 120), record.Text("version", 40));
        _ = (record.Text("lang", 10), record.TextOrNull("description", 2000));
        if (head.Name.Length > 0 && !ContentNames.IsSlug(head.Name)) record.Problem("name", $"“{head.Name}” may hold a to z, 0 to 9 and single hyphens.");
        record.Done();
        return head;
    }

    private PackPicture? Picture(string name)
    {
        var shortName = Path.GetFileName(name);
        if (!ContentNames.IsSlug(Path.GetFileNameWithoutExtension(shortName))) problems.Add(name, 0, "The file's name may hold a to z, 0 to 9 and single hyphens, up to 80 characters.");
        if (name.EndsWith(".png", StringComparison.Ordinal)) return ContentFile.ReadPicture(folder, name, problems, PngPicture.MostBytes) is { } png && PngPicture.Read(png) is { } pixels ? new(shortName, "image/png", pixels) : null;
        return ContentFile.ReadText(folder, name, problems) is { } svg && SvgPicture.Read(svg) is { } drawing ? new(shortName, "image/svg+xml", drawing) : null;
    }

    private PackRunbook? Runbook(string name, IReadOnlySet<string> pictures) =>
        ContentFile.ReadText(folder, name, problems) is { } file && RunbookFile.Read(file, Path.GetFileNameWithoutExtension(name), problems, pictures) is { } document ? new(document, file.Text, file.Hash) : null;

    private RequestType? Form(string name) => ContentFile.ReadText(folder, name, problems) is { } file ? RequestTypeFile.Read(file, Path.GetFileNameWithoutExtension(name), owner, problems) : null;

    private TriageRules? Triage(IReadOnlyList<string> names)
    {
        if (!names.Contains("triage/categories.yml") && !names.Contains("triage/matrix.yml")) return null;
        return ContentFile.ReadText(folder, "triage/categories.yml", problems) is { } categories && ContentFile.ReadText(folder, "triage/matrix.yml", problems) is { } matrix ? TriageFile.Read(categories, matrix, problems) : null;
    }

    private List<PackTerm> Glossary()
    {
        if (ContentFile.ReadText(folder, "glossary.yml", problems) is not { } file || YamlTree.ReadMap(file) is not { } map) return [];
        var record = new YamlRecord(file, map);
        RunbookFile.Schema(record);
        var terms = new List<PackTerm>();
        foreach (var entry in record.Records("terms", required: true))
        {
            var term = new PackTerm(entry.Text("term", 120), entry.Texts("same", 120), entry.TextOrNull("meaning"));
            if (terms.Exists(t => t.Term == term.Term)) entry.Problem("term", $"“{term.Term}” is there twice.");
            entry.Done();
            terms.Add(term);
        }
        record.Done();
        return terms;
    }

    private void Check(List<PackRunbook> runbooks, List<RequestType> forms, TriageRules? triage)
    {
        var slugs = runbooks.Select(r => r.Document.Slug).ToHashSet(StringComparer.Ordinal);
        var categories = triage?.Categories.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var twice in runbooks.GroupBy(r => r.Document.Id).Where(g => g.Count() > 1)) problems.Add($"runbooks/{twice.Last().Document.Slug}.md", 3, $"The id {twice.Key} is also that of {twice.First().Document.Slug}. Give each guide its own.");
        foreach (var twice in forms.GroupBy(f => f.Id).Where(g => g.Count() > 1)) problems.Add($"request-types/{twice.Last().Slug}.yml", 2, $"The id {twice.Key} is also that of {twice.First().Slug}. Give each form its own.");
        foreach (var (document, source, _) in runbooks)
        {
            var name = $"runbooks/{document.Slug}.md";
            if (categories is not null && !categories.Contains(document.Category)) problems.Add(name, LineOf(source, "category:"), $"{document.Category} is no category of triage/categories.yml.");
            foreach (var slug in document.Related.Where(slug => !slugs.Contains(slug))) problems.Add(name, LineOf(source, "related:"), $"The related guide {slug} is not in this pack.");
            if (document.Related.Contains(document.Slug)) problems.Add(name, LineOf(source, "related:"), "A guide is not related to itself.");
        }
        foreach (var form in forms.Where(f => categories is not null && !categories.Contains(f.Category))) problems.Add($"request-types/{form.Slug}.yml", 1, $"{form.Category} is no category of triage/categories.yml.");
    }

    private static int LineOf(string source, string key) => source.AsSpan(0, Math.Max(0, source.IndexOf("\n" + key, StringComparison.Ordinal) + 1)).Count('\n') + 1;
}
