using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.HandOver;

/// <summary>What the note is written from.</summary>
public sealed record NoteInput(string Subject, string CategoryTitle, string? System, EnvironmentBlock Environment, IReadOnlyList<TicketMessage> Messages, IReadOnlyList<Attempt> Guides, IReadOnlyList<DeskAttempt> Work, string? LastChange, IReadOnlyList<string> Files);

/// <summary>The note that goes along when a ticket is passed on, written from what is on the ticket: problem, environment, what was tried, evidence, question; at most 12 lines.</summary>
public static class HandOverNote
{
    /// <summary>Changes with every change of the template.</summary>
    public const string Template = "hand-over template 1";
    private const int MostTried = 4, LongestLine = 240;

    public static string Draft(NoteInput of)
    {
        var tried = Tried(of).ToList();
        List<string> lines = [$"Problem: {Problem(of)}", $"Environment: {Environment(of)}"];
        if (of.LastChange is { } change) lines.Add($"Changed before: {change}");
        if (tried.Count == 0) lines.Add("Tried: nothing yet");
        lines.AddRange(tried.TakeLast(MostTried).Select(t => $"Tried: {t}"));
        if (tried.Count > MostTried) lines.Add($"Tried before that: {tried.Count - MostTried} more, on the ticket");
        lines.Add($"Evidence: {Evidence(of)}");
        lines.Add($"Question: {Question(of)}");
        return string.Join('\n', lines.Select(line => CleanText.Start(line.ReplaceLineEndings(" "), LongestLine)));
    }

    /// <summary>The highest tier of what the note names: who may not read a guide does not read of it here either.</summary>
    public static int TierOf(IReadOnlyList<DeskAttempt> work) => work.Select(w => w.NamesTier).DefaultIfEmpty(0).Max();

    private static string Problem(NoteInput of)
    {
        var since = Value(of, EnvironmentField.FirstSeen) is { } first ? $", since {first}" : "";
        return $"{of.Subject} ({(of.System is { } system && !of.Subject.Contains(system, StringComparison.OrdinalIgnoreCase) ? $"{system}, " : "")}{of.CategoryTitle}{since})";
    }

    private static string Environment(NoteInput of)
    {
        var app = string.Join(' ', new[] { Value(of, EnvironmentField.App), Value(of, EnvironmentField.AppVersion) }.OfType<string>());
        var known = new[] { Value(of, EnvironmentField.Device), Value(of, EnvironmentField.Os), app, Value(of, EnvironmentField.Network), Value(of, EnvironmentField.Site) }.Where(v => !string.IsNullOrWhiteSpace(v)).ToList();
        return known.Count == 0 ? "not known yet" : string.Join(", ", known);
    }

    private static IEnumerable<string> Tried(NoteInput of) =>
        of.Guides.Select(a => (At: a.StartedAt, Said: $"{a.Title} (the contact): {Outcome(a)}")).Concat(of.Work.Select(w => (At: w.StartedAt, Said: $"{w.Title} ({w.StaffName}): {Outcome(w)}"))).OrderBy(t => t.At).Select(t => t.Said);

    private static string Outcome(Attempt attempt) => attempt switch
    {
        { Steps: var steps } when steps.LastOrDefault(s => s.Answer is StepAnswer.Didnt or StepAnswer.Couldnt) is { } stuck => $"{(stuck.Answer == StepAnswer.Didnt ? "did not work" : "could not be done")} at “{stuck.Title}”",
        { Outcome: AttemptOutcome.Abandoned } => "left before the end",
        { Outcome: AttemptOutcome.Running } => "under way",
        { Outcome: AttemptOutcome.Confirmed or AttemptOutcome.Assumed } => "seemed to help",
        _ => "did not help",
    };

    private static string Outcome(DeskAttempt work)
    {
        var stuck = work.Steps.LastOrDefault(s => s.Answer is StepAnswer.Didnt or StepAnswer.Couldnt);
        var said = work.Outcome switch { DeskOutcome.Solved => "helped", DeskOutcome.Partly => "helped in part", DeskOutcome.Failed => "did not help", DeskOutcome.StillOpen => "not finished" };
        return stuck is null ? With(said, work.Comment) : With($"{said}, {(stuck.Answer == StepAnswer.Didnt ? "stuck at" : "could not do")} “{stuck.Title}”", stuck.Finding ?? work.Comment);
    }

    private static string With(string said, string? more) => string.IsNullOrWhiteSpace(more) ? said : $"{said}; {more}";

    private static string Evidence(NoteInput of)
    {
        var found = new List<string>();
        foreach (var field in new[] { EnvironmentField.Error, EnvironmentField.Codes })
            if (of.Environment.Rows.FirstOrDefault(r => r.Field == field && r.IsKnown) is { } row) found.Add($"{row.Value}{(of.Messages.FirstOrDefault(m => m.Id == row.MessageId) is { } message ? $" (message {message.Number})" : "")}");
        if (of.Files.Count > 0) found.Add(string.Join(", ", of.Files.Take(3)));
        return found.Count == 0 ? "none on the ticket yet" : string.Join("; ", found);
    }

    private static string Question(NoteInput of)
    {
        var last = of.Work.Where(w => w.Outcome != DeskOutcome.Solved).Select(w => w.Title).LastOrDefault() ?? of.Guides.Where(g => g.Outcome is not AttemptOutcome.Confirmed).Select(g => g.Title).LastOrDefault();
        return last is null ? $"What should be checked first on {of.System ?? "this"}?" : $"“{last}” did not settle it. What is the next thing to try?";
    }

    private static string? Value(NoteInput of, EnvironmentField field) => of.Environment.Rows.FirstOrDefault(r => r.Field == field && r.IsKnown)?.Value;
}
