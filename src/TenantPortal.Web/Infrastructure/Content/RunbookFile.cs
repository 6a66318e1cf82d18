using TenantPortal.Domain.Knowledge;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads a guide's Markdown file into a checked document. A file cannot say that it is approved or published: such keys are unknown here.</summary>
public static class RunbookFile
{
    /// <summary>Null when the guide is refused; its problems are noted on the file.</summary>
    /// <param name="slug">The file's name without .md.</param>
    /// <param name="media">Pictures of the pack; null when they are not known (a guide written in the browser).</param>
    public static RunbookDocument? Read(ContentFile file, string slug, ContentProblems problems, IReadOnlySet<string>? media = null)
    {
        var before = problems.All.Count;
        if (!ContentNames.IsSlug(slug)) file.Problem(0, "The file's name may hold a to z, 0 to 9 and single hyphens, up to 80 characters.");
        if (RunbookText.Split(file) is not { } source) return null;
        if (YamlTree.ReadMap(file, source.FrontMatter, 2) is not { } map) return null;

        var record = new YamlRecord(file, map);
        var document = FrontMatter(record, slug) with
        {
            Introduction = source.Introduction,
            Steps = [.. source.Steps.Select(step => Step(file, step)).OfType<RunbookStep>()],
        };
        record.Done();
        RunbookChecks.Check(file, record, source, document, media);
        return problems.All.Count == before ? document : null;
    }

    private static RunbookDocument FrontMatter(YamlRecord record, string slug)
    {
        Schema(record);
        return new RunbookDocument
        {
            Id = record.Id("id"),
            Slug = slug,
            Title = record.Text("title", 120),
            Summary = record.Text("summary", 200),
            Kind = record.Choice("kind", ContentNames.Kinds),
            Lang = record.TextOrNull("lang", 10) ?? "en",
            Category = record.Text("category", 80),
            Tags = record.Texts("tags", 60),
            Symptoms = record.Texts("symptoms", 300),
            ErrorCodes = [.. record.Records("error_codes").Select(Code)],
            Cause = record.TextOrNull("cause", 2000),
            AppliesTo = record.Record("applies_to") is { } applies ? Applies(applies, done: true) : AppliesTo.Anything,
            Audience = record.Choices("audience", ContentNames.Audiences),
            MinTier = record.Number("min_tier", 0, 0, 3),
            Variables = Variables(record.Record("variables")),
            Prerequisites = record.Texts("prerequisites", 300),
            Minutes = record.Number("minutes", 5, 1, 600),
            Risk = record.Choice("risk", ContentNames.Risks),
            Approval = record.Choice("approval", ContentNames.Approvals),
            Owner = record.Text("owner", 60),
            ReviewEvery = Review(record),
            Success = record.Texts("success", 300),
            Sources = [.. record.Records("sources").Select(Source)],
            Related = record.Texts("related", 80),
            Supersedes = record.Texts("supersedes", 80),
            Steps = [],
        };
    }

    internal static void Schema(YamlRecord record)
    {
        if (record.Text("schema") is { Length: > 0 } schema && schema != "1") record.Problem("schema", $"This program reads schema 1; the file says {schema}.");
    }

    private static RunbookErrorCode Code(YamlRecord record)
    {
        var code = new RunbookErrorCode(record.Text("code", 120), record.TextOrNull("meaning"));
        record.Done();
        return code;
    }

    private static Domain.Knowledge.RunbookSource Source(YamlRecord record)
    {
        var source = new Domain.Knowledge.RunbookSource(record.Text("title", 300), record.Text("url", 1000), record.Text("type", 40));
        if (source.Url.Length > 0 && !MarkdownRules.IsAllowedLink(source.Url)) record.Problem("url", "A source is an https: address.");
        record.Done();
        return source;
    }

    private static AppliesTo Applies(YamlRecord record, bool done)
    {
        var applies = new AppliesTo(record.Texts("os", 40), record.Texts("app", 40), record.Texts("device", 40));
        foreach (var os in applies.Os.Where(os => !ContentNames.OperatingSystems.Contains(os))) record.Problem("os", $"“os” may hold {string.Join(", ", ContentNames.OperatingSystems)}; “{os}” is not one of them.");
        foreach (var word in applies.App.Concat(applies.Device).Where(word => word.Any(char.IsUpper))) record.Problem("app", $"“{word}” must be in lower case.");
        if (done) record.Done();
        return applies;
    }

    private static Dictionary<string, RunbookVariable> Variables(YamlRecord? record)
    {
        var variables = new Dictionary<string, RunbookVariable>(StringComparer.Ordinal);
        foreach (var name in record?.Keys ?? [])
        {
            if (!ContentNames.IsVariable(name)) record!.Problem(name, $"A variable is written like account.portal_url; “{name}” is not.");
            if (record!.Record(name, required: true) is not { } variable) continue;
            variables[name] = new(variable.Text("type", 20), variable.Flag("required"), variable.TextOrNull("default"), variable.Text("description"), variable.TextOrNull("example"));
            if (variables[name].Type is not ("text" or "url" or "email" or "phone" or "number" or "")) variable.Problem("type", "“type” is one of text, url, email, phone, number.");
            variable.Done();
        }
        return variables;
    }

    private static string Review(YamlRecord record)
    {
        var text = record.TextOrNull("review_every", 10) ?? "P6M";
        if (text is not ['P', .. var count, 'M' or 'Y' or 'W' or 'D'] || !int.TryParse(count, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) || number == 0) record.Problem("review_every", "“review_every” is a period such as P6M or P1Y.");
        return text;
    }

    private static RunbookStep? Step(ContentFile file, SourceStep source)
    {
        if (source.Settings is not { } settings)
        {
            file.Problem(source.Line, $"The step “{source.Title}” needs a line of settings in braces right under its heading, such as {{id: open}}.");
            return null;
        }
        if (YamlTree.ReadMap(file, settings, source.SettingsLine) is not { } map) return null;
        var record = new YamlRecord(file, map);
        var step = new RunbookStep
        {
            Id = record.Text("id", 60),
            Title = source.Title,
            Actor = record.Choice("actor", ContentNames.Actors, StepActor.EndUser),
            AppliesTo = Applies(record, done: false),
            MinTier = record.Number("min_tier", 0, 0, 3),
            OnFail = record.TextOrNull("on_fail", 60) ?? "next",
            Do = source.Do,
            Expect = source.Expect ?? "",
            Rollback = source.Rollback,
        };
        record.Done();
        if (step.Id.Length > 0 && (!ContentNames.IsSlug(step.Id) || step.Id is "next" or "escalate" or "stop")) record.Problem("id", $"A step's id may hold a to z, 0 to 9 and hyphens, and is not next, escalate or stop; “{step.Id}” is refused.");
        return step;
    }
}
