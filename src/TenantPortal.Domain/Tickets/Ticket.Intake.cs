using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>The way in: the report, the gate's answers, and the verdict.</summary>
public sealed partial class Ticket
{
    /// <summary>Opens a ticket in second 0 of its clock; what the gate misses stays asked for. Its number is given when it is saved.</summary>
    public static Ticket Open(TenantId client, ContactId contact, Report report, DeviceId? device, Guid? requestType, Guid submissionKey, Actor by, DateTimeOffset now, string? externalRef = null)
    {
        var ticket = new Ticket
        {
            TenantId = client, ContactId = contact, Channel = report.Channel, RequestTypeId = requestType, SubmissionKey = submissionKey, ExternalRef = externalRef,
            Subject = CleanText.Of(report.Subject), SiteId = report.SiteId, DeviceId = device, Impact = report.Impact, Urgency = report.Urgency,
            AffectedSystem = report.AffectedSystem, Sensitivity = report.Sensitivity, OpenedAt = now, UpdatedAt = now, DueAt = now,
        };
        ticket.GateComplete = ticket.MissingAnswers().Count == 0;
        ticket.Record(TicketEventKind.Opened, by, now, ("channel", report.Channel.ToString()));
        return ticket;
    }

    /// <summary>The gate's four answers that nobody has given yet; the same for every door.</summary>
    public IReadOnlyList<string> MissingAnswers() => IntakeGate.Missing(Impact, Urgency, AffectedSystem, Sensitivity);

    public Refusal? Answer(Impact? impact, Urgency? urgency, string? affectedSystem, Sensitivity? sensitivity, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This request is closed. Reopen it first, then add what is missing.");
        Impact = impact ?? Impact;
        Urgency = urgency ?? Urgency;
        if (!string.IsNullOrWhiteSpace(affectedSystem)) AffectedSystem = affectedSystem = Hide(affectedSystem, by, now);
        Sensitivity = sensitivity ?? Sensitivity;
        if (impact is not null || urgency is not null || sensitivity is not null || !string.IsNullOrWhiteSpace(affectedSystem)) Record(TicketEventKind.Answered, by, now, ("impact", $"{impact}"), ("urgency", $"{urgency}"), ("system", affectedSystem ?? ""), ("sensitivity", $"{sensitivity}"));
        CompleteGate(by, now);
        return null;
    }

    // what looks like a P1 is worked on while it is asked about
    private bool MayProgress => GateComplete || Priority == Priority.P1 || Verdict is { LooksUrgent: true };

    private void CompleteGate(Actor by, DateTimeOffset now)
    {
        if (GateComplete || MissingAnswers().Count > 0) return;
        GateComplete = true;
        if (Status == TicketStatus.New && AssigneeId is not null) Status = TicketStatus.Open;
        Record(TicketEventKind.GateCompleted, by, now);
    }

    /// <summary>Asks the contact for what is still open, in fixed words. It is no reply of a person: the clock of the first reply runs on.</summary>
    public Refusal? Ask(IReadOnlyList<string> open, string question, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to ask.");
        if (IsUnverified) return NobodyKnows;
        if (open.Count == 0) return new("Nothing is left to ask.");
        var message = Say(question, Channel.Portal, by, now);
        AcknowledgedAt ??= now;
        Record(TicketEventKind.QuestionAsked, by, now, ("message", message.Id.ToString()), ("number", $"{message.Number}"), ("question", string.Join(", ", open)));
        return null;
    }

    /// <summary>Takes over a verdict: the first as it is, a later one only upwards (what would lower it is recorded as a suggestion).</summary>
    public void Apply(Verdict verdict, DateTimeOffset now)
    {
        var first = Verdict is null;
        var kept = Verdict?.RaisedBy(verdict) ?? verdict;
        if (kept.Priority != verdict.Priority || kept.RiskTags != verdict.RiskTags || kept.Clause?.ClauseId != verdict.Clause?.ClauseId)
            Record(TicketEventKind.VerdictSuggested, Actor.Machine("triage"), now, ("priority", verdict.Priority.ToString()), ("category", verdict.Category), ("risk", verdict.RiskTags.ToString()));
        var learns = AssigneeId is null && !IsSortedByHand && Category == Tickets.Verdict.NoCategory && kept.Category != Tickets.Verdict.NoCategory;
        if (!first && !learns && kept.Priority == Priority && kept.RiskTags == RiskTags && kept.Clause?.ClauseId == Verdict!.Clause?.ClauseId) return;
        var (was, wasTags, wasClause) = (Priority, first ? "" : RiskTags.ToString(), Verdict?.Clause?.ClauseId.ToString() ?? "");
        Verdict = kept;
        Priority = kept.Priority;
        Because = kept.Reasons.FirstOrDefault(r => r.Field == "priority")?.Sentence;
        RiskTags = kept.RiskTags;
        AffectedSystem ??= kept.AffectedSystem;
        Path = kept.Clause?.Path ?? Path;
        if (first || (AssigneeId is null && !IsSortedByHand)) { Category = kept.Category; Queue = kept.Queue; }
        Record(TicketEventKind.VerdictGiven, Actor.Machine("triage"), now, ("priority", Priority.ToString()), ("was", first ? "" : was.ToString()), ("category", Category), ("queue", Queue), ("risk", RiskTags.ToString()), ("wasRisk", wasTags), ("clause", kept.Clause?.ClauseId.ToString() ?? ""), ("wasClause", wasClause));
        if (Priority < was && Status == TicketStatus.OnHold) GoOn(Actor.Machine("triage"), now);
        CompleteGate(Actor.Machine("triage"), now);
    }
}
