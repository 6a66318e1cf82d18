using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>What people decide about a verdict: up is free, down from a promise needs a lead.</summary>
public sealed partial class Ticket
{
    /// <summary>Words to the contact need a second person: P1, or a risk tag.</summary>
    public bool IsGuarded => Guards(Priority, RiskTags);

    public static bool Guards(Priority priority, RiskTags tags) => priority == Priority.P1 || tags != RiskTags.None;

    /// <summary>Whether a lead has to agree: a P1 or a clause's priority would be lowered, or a risk tag would go.</summary>
    public bool NeedsLead(Priority to, RiskTags tags) => (to > Priority && (Priority == Priority.P1 || Verdict?.Clause is not null)) || (RiskTags & ~tags) != RiskTags.None;

    /// <summary>What a person may change alone.</summary>
    public Refusal? Change(Priority to, RiskTags tags, string? why, Actor by, DateTimeOffset now) =>
        Changeable(to, tags, why) ?? (NeedsLead(to, tags) ? new("A clause, a P1 or a risk tag stands behind this, so a lead has to agree. Ask for it.") : Rejudge(to, tags, why!, by, now));

    public Refusal? Changeable(Priority to, RiskTags tags, string? why)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it first.");
        if (to == Priority && tags == RiskTags) return new("That is how it stands already.");
        return string.IsNullOrWhiteSpace(why) || why.Length > 1_000 ? new("Say why in a few words. Everybody on the desk reads it.") : null;
    }

    /// <summary>Takes over what a person decided. What was read before is settled: later readings judge only what is written after it.</summary>
    internal Refusal? Rejudge(Priority to, RiskTags tags, string why, Actor by, DateTimeOffset now)
    {
        if (Verdict is not { } verdict) throw new InvalidOperationException("A ticket has a verdict from its opening on.");
        why = Hide(CleanText.Of(why), by, now);
        var (was, wasTags, isMilder) = (Priority, RiskTags, to > Priority || (RiskTags & ~tags) != RiskTags.None);
        var clause = to > was ? null : verdict.Clause;
        Verdict = verdict with
        {
            Priority = to, RiskTags = tags, Clause = clause, ByPerson = true, SettledUpTo = isMilder ? MessageCount : verdict.SettledUpTo, LooksUrgent = verdict.LooksUrgent && !isMilder,
            Reasons = [new("priority", "person", $"{by.Name} made it {to}{(tags == wasTags ? "" : $" with {(tags == RiskTags.None ? "no risk tag" : tags.ToString())}")}: {why}"), .. verdict.Reasons.Where(r => r.Field != "risk" || tags != RiskTags.None)],
        };
        (Priority, RiskTags, Because) = (to, tags, Verdict.Reasons[0].Sentence);
        if (clause is null) Path = null;
        Record(TicketEventKind.VerdictGiven, by, now, ("priority", to.ToString()), ("was", was.ToString()), ("category", Category), ("queue", Queue), ("risk", tags.ToString()), ("wasRisk", wasTags.ToString()), ("clause", clause?.ClauseId.ToString() ?? ""), ("wasClause", verdict.Clause?.ClauseId.ToString() ?? ""), ("why", why));
        if (to < was && Status == TicketStatus.OnHold) GoOn(by, now);
        return null;
    }
}
