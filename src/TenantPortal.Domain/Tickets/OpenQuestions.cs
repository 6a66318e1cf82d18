namespace TenantPortal.Domain.Tickets;

/// <summary>What an engineer would still have to ask: the gate's missing answers, then the fields that the category needs. What was said, or answered with "I don't know", is never asked again.</summary>
public static class OpenQuestions
{
    public static IReadOnlyList<string> Of(IReadOnlyList<string> missingAnswers, EnvironmentBlock block) =>
        [.. missingAnswers, .. block.Rows.Where(r => r is { IsNeeded: true, Source: FactSource.NotAsked } && !IsOfGate(r.Field)).Select(r => r.Field.ToString())];

    /// <summary>The fields of a question that nobody has answered since.</summary>
    public static IReadOnlyList<EnvironmentField> Left(string? question, IEnumerable<EnvironmentField> answered) =>
        [.. (question ?? "").Split(", ").Select(key => Enum.TryParse<EnvironmentField>(key, out var field) ? field : (EnvironmentField?)null).OfType<EnvironmentField>().Except(answered)];

    // the gate's own questions fill these
    private static bool IsOfGate(EnvironmentField field) => field is EnvironmentField.Affected or EnvironmentField.Sensitivity;
}
