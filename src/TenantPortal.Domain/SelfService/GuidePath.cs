using TenantPortal.Domain.Knowledge;

namespace TenantPortal.Domain.SelfService;

/// <summary>What is known of the person's machine; what is not known leaves no step out.</summary>
/// <param name="Os">windows, macos, ios, android or chromeos.</param>
/// <param name="Device">laptop, desktop, till …</param>
public sealed record Surroundings(string? Os, string? Device, string? App)
{
    public static Surroundings Unknown { get; } = new(null, null, null);
}

/// <summary>One version of a guide as one contact walks it: the steps that are theirs and fit their machine, each knowing where a failure leads.</summary>
public sealed record GuidePath
{
    public const string Next = "next", Stop = "stop", Escalate = "escalate";

    public required Guid RunbookId { get; init; }
    public required string VersionHash { get; init; }
    public required string Title { get; init; }
    /// <summary>In order. OnFail is next, stop, escalate or the id of a later step of this list.</summary>
    public required IReadOnlyList<PublishedStep> Steps { get; init; }

    /// <summary>Steps for engineers never reach a contact; a failure that leads to one leads to a person, one that leads to a step for other machines to the next that fits.</summary>
    public static GuidePath ForContact(Guid runbookId, string versionHash, string title, IReadOnlyList<PublishedStep> steps, Surroundings around) =>
        Of(runbookId, versionHash, title, steps, step => Fits(step, steps, around));

    /// <summary>The same steps as when the attempt began, whatever has been learned of the machine since.</summary>
    public static GuidePath For(Attempt attempt, string versionHash, IReadOnlyList<PublishedStep> steps)
    {
        var begun = attempt.Steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
        return Of(attempt.RunbookId, versionHash, attempt.Title, steps, step => begun.Contains(step.Id));
    }

    public int IndexOf(string id)
    {
        for (var index = 0; index < Steps.Count; index++)
            if (string.Equals(Steps[index].Id, id, StringComparison.Ordinal)) return index;
        return -1;
    }

    private static bool IsTheirs(PublishedStep step) => step is { Actor: StepActor.EndUser, MinTier: 0 };

    private static bool Fits(PublishedStep step, IReadOnlyList<PublishedStep> all, Surroundings around) =>
        Includes(step.AppliesTo.Os, around.Os)
        && Includes(step.AppliesTo.Device, around.Device)
        && (Includes(step.AppliesTo.App, around.App) || !all.Any(other => other.AppliesTo.App.Count > 0 && Includes(other.AppliesTo.App, around.App)));

    private static bool Includes(IReadOnlyList<string> wanted, string? known) =>
        wanted.Count == 0 || string.IsNullOrWhiteSpace(known) || wanted.Any(one => Names(one, known) || Names(known, one));

    // "outlook" names "Microsoft Outlook" and "outlook-mobile", never "Outlooker"
    private static bool Names(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length]))) return true;
        return false;
    }

    private static GuidePath Of(Guid runbookId, string versionHash, string title, IReadOnlyList<PublishedStep> steps, Func<PublishedStep, bool> fits) => new()
    {
        RunbookId = runbookId,
        VersionHash = versionHash,
        Title = title,
        Steps = [.. steps.Where(step => IsTheirs(step) && fits(step)).Select(step => step with { OnFail = OnFail(step, steps, fits) })],
    };

    private static string OnFail(PublishedStep step, IReadOnlyList<PublishedStep> all, Func<PublishedStep, bool> fits)
    {
        if (step.OnFail is Next or Stop or Escalate) return step.OnFail;
        var later = all.SkipWhile(other => !ReferenceEquals(other, step)).Skip(1).SkipWhile(other => other.Id != step.OnFail).ToList();
        // only forward: a loop would keep a person in the guide for ever
        if (later.Count == 0) return Next;
        if (!IsTheirs(later[0])) return Escalate;
        return later.FirstOrDefault(other => IsTheirs(other) && fits(other))?.Id ?? Stop;
    }
}
