namespace TenantPortal.Domain.Tickets;

/// <summary>What every report must answer before it moves past New, whichever door it came through.</summary>
public static class IntakeGate
{
    public const string ImpactField = "impact", UrgencyField = "urgency", SystemField = "system", SensitivityField = "sensitivity";

    /// <summary>The answers still missing, in the order they are asked.</summary>
    public static IReadOnlyList<string> Missing(Impact? impact, Urgency? urgency, string? affectedSystem, Sensitivity? sensitivity)
    {
        var missing = new List<string>(4);
        if (impact is null) missing.Add(ImpactField);
        if (urgency is null) missing.Add(UrgencyField);
        if (string.IsNullOrWhiteSpace(affectedSystem)) missing.Add(SystemField);
        if (sensitivity is null) missing.Add(SensitivityField);
        return missing;
    }

    /// <summary>Whether the ticket may move past New by itself; a report that looks like a P1 alerts a person meanwhile, it never waits in silence.</summary>
    public static bool Blocks(IReadOnlyList<string> missing) => missing.Count > 0;
}
