using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Answers to what a ticket still missed, whoever gives them: the gate's four, and fields of the environment block as text.</summary>
public sealed record GivenAnswers(Impact? Impact, Urgency? Urgency, string? System, Sensitivity? Sensitivity, IReadOnlyDictionary<string, string?> Facts)
{
    private const int LongestValue = 500;

    /// <summary>Fields that the person says not to know; they are not asked again.</summary>
    public IReadOnlyList<EnvironmentField> Unknown { get; init; } = [];

    public Refusal? Into(Ticket ticket, Actor by, DateTimeOffset now)
    {
        var found = Found().ToList();
        if (found.Count == 0 && Urgency is null && string.IsNullOrWhiteSpace(System)) return new("Answer at least one question. Nothing was changed.");
        if (ticket.Answer(Impact, Urgency, System, Sensitivity, by, now) is { } refusal) return refusal;
        ticket.Learn(found, by, now);
        return null;
    }

    private IEnumerable<FoundFact> Found()
    {
        if (Sensitivity is { } sensitivity) yield return new(EnvironmentField.Sensitivity, sensitivity.ToString(), FactSource.Asked);
        if (Impact is { } impact) yield return new(EnvironmentField.Affected, impact.ToString(), FactSource.Asked);
        foreach (var (key, value) in Facts)
            if (Enum.TryParse<EnvironmentField>(key, out var field) && Enum.IsDefined(field) && !string.IsNullOrWhiteSpace(value)) yield return new(field, CleanText.Start(value.Trim(), LongestValue), FactSource.Asked);
        foreach (var field in Unknown.Where(f => string.IsNullOrWhiteSpace(Facts.GetValueOrDefault(f.ToString())))) yield return new(field, "", FactSource.DoesNotKnow);
    }
}
