using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Reply: words to the contact of a guarded ticket. Milder: a lower priority, or one risk tag less.</summary>
public enum ApprovalKind { Reply, Milder }

/// <summary>Waiting: on a second person. Given: and done in the same moment. BrokeGlass: sent without a second person, with a reason.</summary>
public enum ApprovalState { Waiting, Given, Refused, Withdrawn, BrokeGlass }

/// <summary>Who answers for words that leave a guarded ticket, and the seal of exactly these words; with the reason where nobody else could be asked.</summary>
public sealed record Leave(Guid ApprovalId, string Seal, string By, string? BrokeGlassBecause)
{
    /// <summary>The words had left long before the ticket was brought in here.</summary>
    public static Leave Elsewhere { get; } = new(Guid.Empty, "", "", null);
}

/// <summary>Something about a guarded ticket that one person asks for and another answers for. It holds for exactly what was asked: text, recipient, priority and tags are sealed into it.</summary>
public sealed class Approval : ITenantOwned
{
    public const StaffRoles Leads = StaffRoles.ServiceLead;
    private const int ApproversTier = 2, LongestReason = 1_000;

    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    public required ApprovalKind Kind { get; init; }
    /// <summary>What the contact would read; for a milder judgement, why.</summary>
    public required string Text { get; init; }
    public bool WaitAfter { get; init; }
    public required string Recipient { get; init; }
    /// <summary>The ticket's when it was asked.</summary>
    public required Priority Priority { get; init; }
    public required RiskTags RiskTags { get; init; }
    public Priority? ToPriority { get; init; }
    public RiskTags? ToRiskTags { get; init; }
    public required string Seal { get; init; }
    public required Guid AuthorId { get; init; }
    public required string AuthorName { get; init; }
    /// <summary>The lead who was asked by name; any service lead may answer.</summary>
    public Guid? LeadId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public ApprovalState State { get; private set; }
    public Guid? DecidedById { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    /// <summary>Why it was refused, or why nobody else could be asked.</summary>
    public string? Reason { get; private set; }
    public string? LookedAtBy { get; private set; }
    public DateTimeOffset? LookedAt { get; private set; }

    public static Approval OfReply(Ticket ticket, string text, bool waitAfter, string recipient, Actor by, DateTimeOffset now) => Of(ticket, ApprovalKind.Reply, ticket.Hide(CleanText.Of(text), by, now), waitAfter, recipient, null, null, null, by, now);

    public static Approval OfMilder(Ticket ticket, Priority to, RiskTags tags, string why, StaffId lead, string recipient, Actor by, DateTimeOffset now) => Of(ticket, ApprovalKind.Milder, ticket.Hide(CleanText.Of(why), by, now), false, recipient, to, tags, lead.Value, by, now);

    private static Approval Of(Ticket ticket, ApprovalKind kind, string text, bool waitAfter, string recipient, Priority? to, RiskTags? tags, Guid? lead, Actor by, DateTimeOffset now) => new()
    {
        TenantId = ticket.TenantId, TicketId = ticket.Id, Kind = kind, Text = text, WaitAfter = waitAfter, Recipient = recipient, Priority = ticket.Priority, RiskTags = ticket.RiskTags, ToPriority = to, ToRiskTags = tags,
        Seal = SealOf(kind, text, waitAfter, recipient, ticket.Priority, ticket.RiskTags, to, tags), AuthorId = by.Id ?? throw new InvalidOperationException("A person asks for an approval."), AuthorName = by.Name, LeadId = lead, AskedAt = now,
    };

    /// <summary>Who may answer: a service lead; for a reply also an engineer of tier 2 or 3.</summary>
    public static bool MayDecide(ApprovalKind kind, StaffMember member) =>
        (member.Roles & Leads) != StaffRoles.None || (kind == ApprovalKind.Reply && (member.Roles & StaffRoles.Engineer) != StaffRoles.None && member.Tier >= ApproversTier);

    /// <summary>Why it no longer holds; null while it does.</summary>
    public Refusal? Outdated(Ticket ticket, string recipient)
    {
        if (!ticket.IsOpen) return new("The ticket is resolved meanwhile.");
        if (ticket.Priority != Priority) return new($"The ticket became {ticket.Priority} after this was asked for ({Priority} then). Ask again.");
        if (ticket.RiskTags != RiskTags) return new("The risk tags changed after this was asked for. Ask again.");
        if (recipient != Recipient) return new("The recipient's address changed after this was asked for. Ask again.");
        return SealOf(Kind, Text, WaitAfter, recipient, ticket.Priority, ticket.RiskTags, ToPriority, ToRiskTags) == Seal ? null : new("This is not what was asked for. Ask again.");
    }

    /// <summary>Approves and does it in the same moment, so that no approved text lies about.</summary>
    /// <param name="read">The number of the contact's last message that the approver has read.</param>
    /// <param name="written">The number of the contact's last message that there is.</param>
    public Refusal? Give(Ticket ticket, string recipient, int read, int written, StaffMember approver, DateTimeOffset now)
    {
        if (Undecidable(approver) is { } refusal) return refusal;
        if (approver.Id.Value == AuthorId) return new(Kind == ApprovalKind.Reply ? "You wrote this. Somebody else has to approve it." : "You asked for this. Somebody else has to decide.");
        if (Outdated(ticket, recipient) is { } outdated) return outdated;
        if (Kind == ApprovalKind.Reply && read < written) return new($"Message {written} has come in since. Read it, then approve once more.");
        var author = new Actor(ActorKind.Staff, AuthorId, AuthorName);
        var done = Kind == ApprovalKind.Reply
            ? ticket.StaffReplies(Text, WaitAfter, Channel.Portal, author, now, new(Id, Seal, approver.FirstName, null))
            : ticket.Rejudge(ToPriority!.Value, ToRiskTags!.Value, Text, new(ActorKind.Staff, approver.Id.Value, approver.FirstName), now);
        if (done is not null) return done;
        ticket.Record(TicketEventKind.ApprovalGiven, new(ActorKind.Staff, approver.Id.Value, approver.FirstName), now, Told());
        Decide(ApprovalState.Given, approver.Id.Value, approver.FirstName, null, now);
        return null;
    }

    public Refusal? Refuse(Ticket ticket, string? why, StaffMember approver, DateTimeOffset now)
    {
        if (Undecidable(approver) is { } refusal) return refusal;
        if (approver.Id.Value == AuthorId) return new("You asked for this. Withdraw it instead.");
        if (string.IsNullOrWhiteSpace(why) || why.Length > LongestReason) return new("Say in a few words why not, so that the next try fits.");
        var by = new Actor(ActorKind.Staff, approver.Id.Value, approver.FirstName);
        why = ticket.Hide(CleanText.Of(why), by, now);
        ticket.Record(TicketEventKind.ApprovalRefused, by, now, [.. Told(), ("why", why)]);
        Decide(ApprovalState.Refused, approver.Id.Value, approver.FirstName, why, now);
        return null;
    }

    public Refusal? Withdraw(Ticket ticket, Actor by, DateTimeOffset now)
    {
        if (State != ApprovalState.Waiting) return Decided();
        if (by.Id != AuthorId) return new($"{AuthorName} asked for this and withdraws it, or somebody says why not.");
        ticket.Record(TicketEventKind.ApprovalWithdrawn, by, now, Told());
        Decide(ApprovalState.Withdrawn, AuthorId, AuthorName, null, now);
        return null;
    }

    /// <summary>Sends a reply without a second person. It is looked at afterwards.</summary>
    public Refusal? BreakGlass(Ticket ticket, string? because, Actor by, DateTimeOffset now)
    {
        if (State != ApprovalState.Waiting) return Decided();
        if (Kind != ApprovalKind.Reply) return new("Only a reply can go out without a second person.");
        if (string.IsNullOrWhiteSpace(because) || because.Length > LongestReason) return new("Say why nobody else can be asked now. A lead reads it next morning.");
        because = ticket.Hide(CleanText.Of(because), by, now);
        if (ticket.StaffReplies(Text, WaitAfter, Channel.Portal, by, now, new(Id, Seal, by.Name, because)) is { } refusal) return refusal;
        ticket.Record(TicketEventKind.GlassBroken, by, now, [.. Told(), ("because", because)]);
        Decide(ApprovalState.BrokeGlass, AuthorId, AuthorName, because, now);
        return null;
    }

    /// <summary>A lead has looked at what went out alone.</summary>
    public Refusal? Look(StaffMember lead, DateTimeOffset now)
    {
        if ((lead.Roles & Leads) == StaffRoles.None) return new("A service lead looks at what went out without a second person.");
        if (lead.Id.Value == AuthorId) return new("You sent this yourself. Another lead looks at it.");
        if (State != ApprovalState.BrokeGlass || LookedAt is not null) return new("Somebody has looked at this already.");
        (LookedAtBy, LookedAt) = (lead.FirstName, now);
        return null;
    }

    public (string, string)[] Told() => [("approval", Id.ToString()), ("kind", Kind.ToString()), ("seal", Seal), ("author", AuthorId.ToString()), ("lead", LeadId?.ToString() ?? ""), ("before", $"{Priority} {RiskTags}"), ("after", ToPriority is null ? "" : $"{ToPriority} {ToRiskTags}")];

    private Refusal? Undecidable(StaffMember approver)
    {
        if (State != ApprovalState.Waiting) return Decided();
        if (MayDecide(Kind, approver)) return null;
        return new(Kind == ApprovalKind.Reply ? "A service lead or an engineer of tier 2 or 3 approves replies." : "Only a service lead makes a ticket milder.");
    }

    private Refusal Decided() => new($"This is decided already{(DecidedByName is null ? "" : $", by {DecidedByName}")}.");

    private void Decide(ApprovalState state, Guid by, string name, string? reason, DateTimeOffset now) => (State, DecidedById, DecidedByName, Reason, DecidedAt) = (state, by, name, reason, now);

    // each part with its length in front, so that no two things share a seal
    private static string SealOf(ApprovalKind kind, string text, bool waitAfter, string recipient, Priority priority, RiskTags tags, Priority? to, RiskTags? toTags)
    {
        var sealed_ = new StringBuilder();
        foreach (var part in new[] { kind.ToString(), text, waitAfter ? "wait" : "", recipient, priority.ToString(), tags.ToString(), to?.ToString() ?? "", toTags?.ToString() ?? "" })
            sealed_.Append(part.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sealed_.ToString())));
    }
}
