using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads triage/categories.yml and triage/matrix.yml into one set of rules; a matrix with a hole is refused.</summary>
public static class TriageFile
{
    public static TriageRules? Read(ContentFile categories, ContentFile matrix, ContentProblems problems)
    {
        var before = problems.All.Count;
        var words = YamlTree.ReadMap(categories) is { } wordMap ? new YamlRecord(categories, wordMap) : null;
        var cells = YamlTree.ReadMap(matrix) is { } cellMap ? new YamlRecord(matrix, cellMap) : null;
        if (words is null || cells is null) return null;
        RunbookFile.Schema(words);
        RunbookFile.Schema(cells);
        var rules = new TriageRules
        {
            CategoriesVersion = words.Text("version", 40),
            Categories = [.. words.Records("categories", required: true).Select(Category)],
            UrgentWords = words.Texts("urgent_words", 120),
            MildWords = words.Texts("mild_words", 120),
            RiskTags = [.. words.Records("risk_tags").Select(Risk)],
            MatrixVersion = cells.Text("version", 40),
            Matrix = Matrix(cells),
        };
        foreach (var twice in rules.Categories.GroupBy(c => c.Id).Where(g => g.Count() > 1)) words.Problem("categories", $"The category {twice.Key} is written twice.");
        words.Done();
        cells.Done();
        return problems.All.Count == before ? rules : null;
    }

    private static CategoryRule Category(YamlRecord record)
    {
        var rule = new CategoryRule(record.Text("id", 80), record.Text("title", 120), record.Text("queue", 60), record.Text("topic", 80),
            record.Texts("strong", 120), record.Texts("words", 120), record.Texts("against", 120), record.Choices("needs", ContentNames.Fields));
        if (rule.Id.Length > 0 && !ContentNames.IsCategory(rule.Id)) record.Problem("id", $"“{rule.Id}” is no category such as accounts/password.");
        record.Done();
        return rule;
    }

    private static RiskRule Risk(YamlRecord record)
    {
        var rule = new RiskRule(record.Choice("tag", ContentNames.RiskTags), record.Texts("words", 120));
        record.Done();
        return rule;
    }

    private static List<MatrixCell> Matrix(YamlRecord record)
    {
        Order(record, "impact", ContentNames.Impacts);
        Order(record, "urgency", ContentNames.Urgencies);
        var cells = new List<MatrixCell>();
        if (record.Record("matrix", required: true) is not { } rows) return cells;
        foreach (var (impactName, impact) in ContentNames.Impacts)
        {
            if (rows.Record(impactName, required: true) is not { } row) continue;
            foreach (var (urgencyName, urgency) in ContentNames.Urgencies) cells.Add(new(impact, urgency, row.Choice(urgencyName, ContentNames.Priorities)));
            row.Done();
        }
        rows.Done();
        return cells;
    }

    private static void Order<T>(YamlRecord record, string key, IReadOnlyDictionary<string, T> names) where T : struct
    {
        var given = record.Choices(key, names);
        if (record.Has(key) && given.Distinct().Count() != names.Count) record.Problem(key, $"“{key}” holds each of {string.Join(", ", names.Keys)} once.");
    }
}
