using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads one form of request-types/.</summary>
public static class RequestTypeFile
{
    public static RequestType? Read(ContentFile file, string slug, TenantId owner, ContentProblems problems)
    {
        var before = problems.All.Count;
        if (!ContentNames.IsSlug(slug)) file.Problem(0, "The file's name may hold a to z, 0 to 9 and single hyphens, up to 80 characters.");
        if (YamlTree.ReadMap(file) is not { } map) return null;
        var record = new YamlRecord(file, map);
        RunbookFile.Schema(record);
        var fields = record.Records("fields", required: true).Select(f => (Record: f, Field: Field(f))).ToList();
        var form = new RequestType
        {
            TenantId = owner,
            Id = record.Id("id"),
            Slug = slug,
            Title = record.Text("title", 120),
            Summary = record.Text("summary", 200),
            Category = record.Text("category", 80),
            Group = record.Text("group", 60),
            Icon = record.Text("icon", 20),
            NeedsManager = record.TextOrNull("approver") is { } approver && IsManager(record, approver),
            Fields = [.. fields.Select(f => f.Field)],
        };
        if (form.Icon.Length > 0 && !ContentNames.Icons.Contains(form.Icon)) record.Problem("icon", $"“icon” is one of {string.Join(", ", ContentNames.Icons)}; “{form.Icon}” is not.");
        record.Done();
        foreach (var (line, field) in fields) Check(line, field, form.Fields);
        return problems.All.Count == before ? form : null;
    }

    private static bool IsManager(YamlRecord record, string approver)
    {
        if (approver != "client_manager") record.Problem("approver", $"“approver” is client_manager; “{approver}” is not known.");
        return approver == "client_manager";
    }

    private static RequestField Field(YamlRecord record)
    {
        var when = record.Record("when");
        var whenField = when?.Keys.FirstOrDefault();
        var field = new RequestField(record.Text("id", 40), record.Text("label", 120), record.Choice("type", ContentNames.FieldTypes), record.Flag("required"), record.TextOrNull("help"), record.Texts("options", 120), whenField, whenField is null ? [] : when!.Texts(whenField));
        when?.Done();
        record.Done();
        return field;
    }

    private static void Check(YamlRecord record, RequestField field, List<RequestField> all)
    {
        if (all.Count(f => f.Id == field.Id) > 1) record.Problem("id", $"The field “{field.Id}” is there twice.");
        var isChoice = field.Type is FieldType.Choice or FieldType.Choices;
        if (isChoice != field.Options.Count > 0) record.Problem("options", isChoice ? "A choice needs options: [One, Two]." : "Only choice and choices have options.");
        if (field.WhenField is not { } other) return;
        var asked = all.Find(f => f.Id == other);
        if (asked is null || asked.Id == field.Id) record.Problem("when", $"“when” names “{other}”, which is no other field of this form.");
        else foreach (var value in field.WhenValues.Where(v => asked.Options.Count > 0 && !asked.Options.Contains(v))) record.Problem("when", $"“{value}” is no option of “{other}”.");
    }
}
