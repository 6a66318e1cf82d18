namespace TenantPortal.Domain.Tickets;

/// <summary>One line of the environment block. Source NotAsked has no value; Earlier holds what stood there before, latest first.</summary>
public sealed record EnvironmentRow(EnvironmentField Field, string? Value, FactSource Source, bool IsNeeded, MessageId? MessageId, string? ByName, DateTimeOffset? At, IReadOnlyList<TicketFact> Earlier)
{
    public bool IsKnown => Value is not null && Source is not (FactSource.DoesNotKnow or FactSource.NotAsked);
}

/// <summary>What is known about a fault, a line for every field, each with its source, measured against what the category needs.</summary>
/// <param name="Rows">All fields in the order they are shown.</param>
/// <param name="Known">How many of the needed fields are known.</param>
/// <param name="Needed">How many fields the category needs.</param>
public sealed record EnvironmentBlock(IReadOnlyList<EnvironmentRow> Rows, int Known, int Needed)
{
    /// <summary>0 to 100; 100 where the category needs nothing.</summary>
    public int Score => Needed == 0 ? 100 : Known * 100 / Needed;

    public IEnumerable<EnvironmentRow> Missing => Rows.Where(r => r.IsNeeded && !r.IsKnown);

    public static EnvironmentBlock Of(IEnumerable<TicketFact> facts, IReadOnlyCollection<EnvironmentField> needs)
    {
        var byField = facts.ToLookup(f => f.Field);
        EnvironmentRow[] rows = [.. Enum.GetValues<EnvironmentField>().Select(field => Row(field, [.. byField[field].OrderByDescending(f => f.At).ThenByDescending(f => f.Id)], needs.Contains(field)))];
        return new(rows, rows.Count(r => r.IsNeeded && r.IsKnown), needs.Distinct().Count());
    }

    // "does not know" never hides a value that somebody did know
    private static EnvironmentRow Row(EnvironmentField field, List<TicketFact> latestFirst, bool isNeeded)
    {
        var shown = latestFirst.FirstOrDefault(f => f.Source is not (FactSource.DoesNotKnow or FactSource.NotAsked)) ?? latestFirst.FirstOrDefault(f => f.Source == FactSource.DoesNotKnow);
        if (shown is null) return new(field, null, FactSource.NotAsked, isNeeded, null, null, null, []);
        latestFirst.Remove(shown);
        return new(field, shown.Source == FactSource.DoesNotKnow ? null : shown.Value, shown.Source, isNeeded, shown.MessageId, shown.ByName, shown.At, latestFirst);
    }
}
