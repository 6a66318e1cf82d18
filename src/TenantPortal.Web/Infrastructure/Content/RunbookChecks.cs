using System.Text.RegularExpressions;
using TenantPortal.Domain.Knowledge;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>What must hold between the parts of one guide: variables, steps, ways through, pictures, words.</summary>
internal static partial class RunbookChecks
{
    private static readonly string[] ForeignWords = ["runbook", "tenant", "sla", "p1", "escalate", "escalation", "verdict", "deflect", "incident"];

    public static void Check(ContentFile file, YamlRecord record, RunbookText source, RunbookDocument document, IReadOnlySet<string>? media)
    {
        if (document.Category.Length > 0 && !ContentNames.IsCategory(document.Category)) record.Problem("category", $"“{document.Category}” is no category such as accounts/password.");
        if (document.Symptoms.Count == 0) record.Problem("symptoms", "A guide needs at least one symptom, as people say it.");
        if (document.Audience.Count == 0) record.Problem("audience", "Say for whom: audience: [end_user].");
        if (document.Steps.Count == 0) file.Problem(0, "A guide needs at least one step (## Title).");
        Variables(file, record, source, document);
        Steps(file, source, document);
        Markdown(file, record, source, document, media);
        Words(file, source, document);
    }

    private static void Variables(ContentFile file, YamlRecord record, RunbookText source, RunbookDocument document)
    {
        foreach (var (key, text) in new[] { ("title", document.Title), ("summary", document.Summary), ("symptoms", string.Concat(document.Symptoms)) })
            if (text.Contains("{{", StringComparison.Ordinal)) record.Problem(key, $"“{key}” is the same for every client; it may not hold a variable.");

        var used = new HashSet<string>(StringComparer.Ordinal);
        void Use(string? text, int line)
        {
            foreach (Match match in Braces().Matches(text ?? ""))
            {
                var name = match.Groups["name"].Value.Trim();
                used.Add(name);
                if (!document.Variables.ContainsKey(name)) file.Problem(line + text.AsSpan(0, match.Index).Count('\n'), $"{{{{{name}}}}} is not declared under variables.");
            }
        }
        Use(document.Cause, record.LineOf("cause"));
        Use(string.Join('\n', document.Prerequisites), record.LineOf("prerequisites"));
        Use(string.Join('\n', document.Success), record.LineOf("success"));
        Use(source.Introduction, source.IntroductionLine);
        foreach (var step in source.Steps)
        {
            Use(step.Title, step.Line);
            Use(step.Do, step.DoLine);
            Use(step.Expect, step.ExpectLine);
            Use(step.Rollback, step.RollbackLine);
        }
        foreach (var name in document.Variables.Keys.Where(name => !used.Contains(name))) record.Record("variables")!.Problem(name, $"The variable {name} is declared and never used.");
    }

    private static void Steps(ContentFile file, RunbookText source, RunbookDocument document)
    {
        var lines = document.Steps.Count == source.Steps.Count ? source.Steps : [];
        for (var i = 0; i < lines.Count; i++)
        {
            var (step, at) = (document.Steps[i], lines[i]);
            if (step.Title.Length is 0 or > 120) file.Problem(at.Line, "A step's title has 1 to 120 characters.");
            if (step.Do.Length == 0) file.Problem(at.Line, $"The step “{step.Title}” says nothing to do.");
            if (step.Expect.Length == 0) file.Problem(at.Line, $"The step “{step.Title}” needs a block quote that begins with “> Expect:”.");
            if (document.Risk >= Risk.Medium && step.Rollback is null) file.Problem(at.Line, $"The risk of this guide is {document.Risk.ToString().ToLowerInvariant()}, so the step “{step.Title}” needs a block quote that begins with “> Rollback:”.");
            if (step.Id.Length > 0 && document.Steps.Take(i).Any(earlier => earlier.Id == step.Id)) file.Problem(at.SettingsLine, $"The step id “{step.Id}” is used twice.");
            if (Way(document, i) is { } reason) file.Problem(at.SettingsLine, reason);
        }
        if (lines.Count > 0 && document.Audience.Contains(Audience.EndUser) && document.MinTier == 0 && !document.Steps.Any(s => s is { Actor: StepActor.EndUser, MinTier: 0 })) file.Problem(lines[0].Line, "The guide is for end users, but no step is for them.");
        foreach (var os in document.AppliesTo.Os.Where(os => lines.Count > 0 && !document.Steps.Any(s => s.AppliesTo.Os.Count == 0 || s.AppliesTo.Os.Contains(os)))) file.Problem(lines[0].Line, $"The guide applies to {os}, but no step does.");
    }

    // going back would loop, since every step leads on to the next one
    private static string? Way(RunbookDocument document, int from)
    {
        var step = document.Steps[from];
        if (step.OnFail is "next" or "escalate" or "stop") return null;
        var to = document.Steps.ToList().FindIndex(s => s.Id == step.OnFail);
        if (to < 0) return $"on_fail leads to “{step.OnFail}”, which is no step; it is next, escalate, stop or the id of a later step.";
        if (to <= from) return $"on_fail leads back to “{step.OnFail}”: the guide would go in circles. Lead to a later step, or to a person with escalate.";
        var target = document.Steps[to];
        if (target.MinTier > step.MinTier && target.MinTier > document.MinTier || target.Actor == StepActor.Agent && step.Actor == StepActor.EndUser) return $"on_fail leads to “{step.OnFail}”, which the reader of this step does not see: a dead end.";
        return Meets(step.AppliesTo.Os, target.AppliesTo.Os) && Meets(step.AppliesTo.App, target.AppliesTo.App) && Meets(step.AppliesTo.Device, target.AppliesTo.Device) ? null
            : $"on_fail leads to “{step.OnFail}”, which is for other devices than this step: a dead end.";
    }

    private static bool Meets(IReadOnlyList<string> here, IReadOnlyList<string> there) => here.Count == 0 || there.Count == 0 || here.Any(there.Contains);

    private static void Markdown(ContentFile file, YamlRecord record, RunbookText source, RunbookDocument document, IReadOnlySet<string>? media)
    {
        MarkdownRules.Check(file, document.Cause ?? "", record.LineOf("cause"), media);
        MarkdownRules.Check(file, source.Introduction, source.IntroductionLine, media);
        foreach (var step in source.Steps)
        {
            MarkdownRules.Check(file, step.Do, step.DoLine, media);
            MarkdownRules.Check(file, step.Expect ?? "", step.ExpectLine, media);
            MarkdownRules.Check(file, step.Rollback ?? "", step.RollbackLine, media);
        }
    }

    private static void Words(ContentFile file, RunbookText source, RunbookDocument document)
    {
        if (!document.Audience.Contains(Audience.EndUser)) return;
        var texts = new List<(int, string)> { (2, document.Title), (2, document.Summary), (source.IntroductionLine, source.Introduction) };
        texts.AddRange(source.Steps.Select(s => (s.DoLine, string.Join(' ', s.Title, s.Do, s.Expect))));
        foreach (var (line, text) in texts)
            foreach (var word in Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).Where(ForeignWords.Contains).Distinct())
                file.Warn(line, $"“{word}” is a word of ours; the people who read this guide do not use it.");
    }

    [GeneratedRegex(@"\{\{(?<name>[^{}]*)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();
    [GeneratedRegex(@"\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
