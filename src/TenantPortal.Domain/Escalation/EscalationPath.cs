using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Escalation;

/// <summary>Notify: the bell and a mail. Card: posted to the chat channels. Call: a person is called until somebody acknowledges. Reassign: the ticket goes to the one on call.</summary>
public enum StepAction { Notify, Card, Call, Reassign }

/// <summary>Ask: a service lead decides each time. Act: the path itself was approved, and acts.</summary>
public enum Autonomy { Ask, Act }

/// <summary>What happens when so much of a promise's time is used; 0: as soon as the ticket is on the path.</summary>
/// <param name="Who">owner, lead (whom the clause names), or the key of a rota, a right or a person; nobody for a card.</param>
public sealed record PathStep(int Percent, StepAction Action, string Who, Autonomy Autonomy)
{
    public const string Owner = "owner", Lead = "lead";

    /// <summary>The same in every version of the path, so that a step that was taken is not taken again.</summary>
    public string Key => $"{Action} {Who}".TrimEnd();
}

/// <summary>Draft: written, without effect. InForce: what tickets follow. Superseded: another took its place.</summary>
public enum PathState { Draft, InForce, Superseded }

/// <summary>One version of an escalation path: what happens while a promise's time runs out. It counts from the approval of a service lead who did not write it.</summary>
public sealed class EscalationPath
{
    public const string Urgent = "urgent", Standard = "standard";
    private const int MostSteps = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Key { get; init; }
    public required string Name { get; init; }
    public int Number { get; init; }
    /// <summary>Called where no clause names anybody, and after those whom it names.</summary>
    public required string Lead { get; init; }
    public int CallAgainMinutes { get; init; } = 5;
    /// <summary>Whether a ticket whose lead does not answer goes to the next person by itself.</summary>
    public Autonomy HandOver { get; init; }
    public required List<PathStep> Steps { get; init; }
    public PathState State { get; private set; }
    public Guid AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public Guid? ApproverId { get; private set; }
    public string? ApproverName { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Who or what answers for an automatic step.</summary>
    public string Rule => ApproverName is { } lead ? $"path “{Name}” {Number}, approved by {lead}" : $"path “{Name}”, as it comes";

    /// <summary>The path that counts until somebody writes another one under its name: it tells people, and asks before it moves a ticket.</summary>
    public static EscalationPath BuiltIn(string key) => key == Urgent
        ? new() { Key = Urgent, Name = "Urgent", Lead = "service-lead", AuthorName = "", WrittenAt = DateTimeOffset.UnixEpoch, Steps =
            [
                new(0, StepAction.Call, PathStep.Lead, Autonomy.Act), new(0, StepAction.Card, "", Autonomy.Act), new(50, StepAction.Notify, PathStep.Owner, Autonomy.Act), new(75, StepAction.Notify, PathStep.Lead, Autonomy.Act),
                new(75, StepAction.Card, "", Autonomy.Act), new(90, StepAction.Reassign, PathStep.Lead, Autonomy.Ask), new(100, StepAction.Call, "service-lead", Autonomy.Act), new(100, StepAction.Card, "", Autonomy.Act),
            ] }
        : new() { Key = key, Name = "Standard", Lead = "service-lead", AuthorName = "", WrittenAt = DateTimeOffset.UnixEpoch, Steps =
            [
                new(75, StepAction.Notify, PathStep.Owner, Autonomy.Act), new(90, StepAction.Notify, PathStep.Lead, Autonomy.Act), new(100, StepAction.Notify, "service-lead", Autonomy.Act),
            ] };

    /// <summary>The path a ticket follows when its clause names none: by its weight.</summary>
    public static string KeyFor(Ticket ticket) => ticket.Priority == Priority.P1 || ticket.RiskTags != RiskTags.None ? Urgent : Standard;

    /// <summary>Why this path could not be followed, as a sentence; null when it can.</summary>
    /// <param name="knows">Whether a role is a rota, a right or a person.</param>
    public Refusal? Refusal(Func<string, bool> knows)
    {
        if (string.IsNullOrWhiteSpace(Name)) return new("Give the path a name.");
        if (!knows(Lead)) return new($"“{Lead}” is no rota, no right and nobody’s name, so nobody would be called.");
        if (CallAgainMinutes is < 1 or > 120) return new("Somebody is called again after 1 to 120 minutes.");
        if (Steps.Count == 0) return new("A path without a step does nothing. Write at least one.");
        if (Steps.Count > MostSteps) return new($"A path has at most {MostSteps} steps.");
        if (Steps.Find(s => s.Percent is < 0 or > 500) is { } far) return new($"{far.Percent} % is no part of a promise: write 0 to 500.");
        if (Steps.Find(s => s.Action != StepAction.Card && s.Who is not (PathStep.Owner or PathStep.Lead) && !knows(s.Who)) is { } unknown) return new($"“{unknown.Who}” is no rota, no right and nobody’s name. Choose from the list.");
        if (Steps.Find(s => s.Action is StepAction.Call or StepAction.Reassign && s.Who == PathStep.Owner) is not null) return new("The owner has the ticket already. Call, or hand it to, the lead or a role.");
        return Steps.GroupBy(s => (s.Percent, s.Key)).Any(g => g.Count() > 1) ? new("Two steps are the same. One of them is enough.") : null;
    }

    public Refusal? Approve(bool isLead, Guid approver, string approverName, Func<string, bool> knows, DateTimeOffset now)
    {
        if (!isLead) return new("Only a service lead approves paths.");
        if (State != PathState.Draft) return new("This version is no draft any more. Reload the page.");
        if (approver == AuthorId) return new("You wrote this version. Somebody else has to approve it.");
        if (Refusal(knows) is { } refusal) return refusal;
        (State, ApproverId, ApproverName, ApprovedAt) = (PathState.InForce, approver, approverName, now);
        return null;
    }

    /// <summary>The same path where nobody answers for moving tickets by themselves: it tells and calls, and asks before it hands one over.</summary>
    public EscalationPath Asking() => new()
    {
        Id = Id, Key = Key, Name = Name, Number = Number, Lead = Lead, CallAgainMinutes = CallAgainMinutes, HandOver = Autonomy.Ask, Steps = [.. Steps.Select(s => s.Action == StepAction.Reassign ? s with { Autonomy = Autonomy.Ask } : s)],
        State = State, AuthorId = AuthorId, AuthorName = AuthorName, WrittenAt = WrittenAt, ApproverId = ApproverId, ApproverName = ApproverName, ApprovedAt = ApprovedAt,
    };

    public void Supersede() => State = PathState.Superseded;
}
