using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>One request for help. It changes only by its verbs; each verb writes one event, and refuses with a sentence.</summary>
public sealed partial class Ticket : ITenantOwned
{
    public TenantId TenantId { get; private init; }
    public TicketId Id { get; private init; } = TicketId.New();
    /// <summary>Counts up within the client; gaps are allowed, a number is never used twice.</summary>
    public int Number { get; private init; }
    public string Subject { get; private set; } = "";
    public ContactId ContactId { get; private set; }
    public SiteId? SiteId { get; private set; }
    public DeviceId? DeviceId { get; private set; }
    public Channel Channel { get; private init; }
    public Guid? RequestTypeId { get; private init; }
    /// <summary>Made by the form, so that a double submit finds the first ticket again.</summary>
    public Guid SubmissionKey { get; private init; }
    /// <summary>What another system calls it.</summary>
    public string? ExternalRef { get; private init; }

    public TicketStatus Status { get; private set; }
    public bool IsOpen { get; private set; } = true;
    /// <summary>A guide is being tried with the person right now; the clock runs all the same.</summary>
    public bool IsTryingGuide { get; private set; }
    /// <summary>False while the gate still misses an answer; such a ticket stays New, whoever has it, unless it looks like a P1.</summary>
    public bool GateComplete { get; private set; }

    public Impact? Impact { get; private set; }
    public Urgency? Urgency { get; private set; }
    public string? AffectedSystem { get; private set; }
    public Sensitivity? Sensitivity { get; private set; }

    public string Category { get; private set; } = Tickets.Verdict.NoCategory;
    public Priority Priority { get; private set; } = Priority.P3;
    /// <summary>The sentence behind the priority, for lists that have no room for the whole verdict.</summary>
    public string? Because { get; private set; }
    public RiskTags RiskTags { get; private set; }
    public string Queue { get; private set; } = "service-desk";
    /// <summary>The verdict with all its reasons, as it was given.</summary>
    public Verdict? Verdict { get; private set; }
    /// <summary>The named role or person a clause calls.</summary>
    public string? Path { get; private set; }

    public StaffId? AssigneeId { get; private set; }
    public DateTimeOffset OpenedAt { get; private init; }
    /// <summary>The next target that is not met; the last one's due time when all are.</summary>
    public DateTimeOffset DueAt { get; private set; }
    /// <summary>Which kind of target falls due then.</summary>
    public string? DueFor { get; private set; }
    /// <summary>When a hold ends by itself.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }
    /// <summary>Until when the contact was promised to hear from us again, whatever the contract says.</summary>
    public DateTimeOffset? NextUpdateAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public DateTimeOffset? FirstReplyAt { get; private set; }
    public DateTimeOffset? HandedOffAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public Resolution? Resolution { get; private set; }
    /// <summary>Version hash of the guide that the contact confirmed as the fix.</summary>
    public string? ResolvedByVersion { get; private set; }
    public int ReopenCount { get; private set; }
    public int MessageCount { get; private set; }

    public List<TicketMessage> Messages { get; } = [];
    public List<TicketNote> Notes { get; } = [];
    public List<TicketFact> Facts { get; } = [];
    public List<TicketEvent> Events { get; } = [];
    public List<TicketTarget> Targets { get; } = [];
    public List<TicketAttachment> Attachments { get; } = [];

    private Ticket() { }

    public TicketMessage Say(string text, Channel channel, Actor by, DateTimeOffset now)
    {
        var message = new TicketMessage { TenantId = TenantId, TicketId = Id, Number = ++MessageCount, AuthorKind = by.Kind, AuthorId = by.Id, AuthorName = by.Name, Text = Hide(CleanText.Of(text), by, now), Channel = channel, At = now };
        Messages.Add(message);
        UpdatedAt = now;
        return message;
    }

    public void Learn(EnvironmentField field, string value, FactSource source, MessageId? message, Actor by, DateTimeOffset now) => Learn([new(field, value, source, message)], by, now);

    /// <summary>Adds what was found out at one moment: a fact each, and one event that names every field with its source.</summary>
    public void Learn(IReadOnlyList<FoundFact> facts, Actor by, DateTimeOffset now)
    {
        if (facts.Count == 0) return;
        foreach (var fact in facts) Facts.Add(new() { TenantId = TenantId, TicketId = Id, Field = fact.Field, Value = Hide(CleanText.Of(fact.Value), by, now), Source = fact.Source, MessageId = fact.MessageId, ByKind = by.Kind, ByName = by.Name, At = now });
        Record(TicketEventKind.FactRecorded, by, now, [.. facts.GroupBy(f => f.Field).Select(f => (f.Key.ToString(), f.Last().Source.ToString()))]);
    }

    public void Attach(Guid file, string name, string mediaType, long size, MessageId? message, Actor by, DateTimeOffset now)
    {
        Attachments.Add(new() { TenantId = TenantId, TicketId = Id, MessageId = message, FileId = file, FileName = name, MediaType = mediaType, Size = size, At = now });
        Record(TicketEventKind.AttachmentAdded, by, now, ("name", name));
    }

    public void Alert(string sentence, DateTimeOffset now) => Record(TicketEventKind.Alerted, Actor.Machine("intake gate"), now, ("sentence", sentence), ("path", Path ?? ""));

    public void Due(DateTimeOffset at, string kind) => (DueAt, DueFor) = (at, kind);

    public void BeginGuide() => IsTryingGuide = true;

    /// <summary>A person takes over: by the contact's wish, after a failed guide, or by silence.</summary>
    public Refusal? HandOff(string reason, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This request is closed. Reopen it if you still need help.");
        IsTryingGuide = false;
        HandedOffAt ??= now;
        Record(TicketEventKind.HandedOff, by, now, ("reason", reason));
        return null;
    }

    public Refusal? Take(StaffId staff, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to work on it.");
        if (AssigneeId == staff) return new("You have this ticket already.");
        if (AssigneeId is not null) return new("Somebody else has just taken this ticket. Use Assign to take it over.");
        return Hand(staff, TicketEventKind.Taken, by, null, now);
    }

    public Refusal? Assign(StaffId staff, string staffName, AssignReason? reason, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to assign it.");
        if (AssigneeId == staff) return new($"{staffName} has this ticket already.");
        return Hand(staff, TicketEventKind.Assigned, by, reason, now, ("to", staffName));
    }

    private Refusal? Hand(StaffId staff, TicketEventKind kind, Actor by, AssignReason? reason, DateTimeOffset now, params (string, string)[] more)
    {
        var before = AssigneeId;
        AssigneeId = staff;
        AcknowledgedAt ??= now;
        if (Status == TicketStatus.New && MayProgress) Status = TicketStatus.Open;
        Record(kind, by, now, [("staff", staff.ToString()), ("before", before?.ToString() ?? ""), ("reason", reason?.ToString() ?? ""), .. more]);
        return null;
    }

    public Refusal? ContactReplies(string text, Channel channel, Actor by, DateTimeOffset now, out TicketMessage? message)
    {
        message = null;
        if (!IsOpen) return new("This request is closed. Reopen it to write again; your text is kept.");
        message = Say(text, channel, by, now);
        if (Status == TicketStatus.Waiting) GoOn(by, now);
        Record(TicketEventKind.ContactReplied, by, now, ("message", message.Id.ToString()), ("number", $"{message.Number}"));
        return null;
    }

    /// <param name="leave">Who answers for the words where the ticket is guarded.</param>
    public Refusal? StaffReplies(string text, bool waitForContact, Channel channel, Actor by, DateTimeOffset now, Leave? leave = null)
    {
        if (!IsOpen) return new("This ticket is resolved already. Reopen it to reply.");
        if (IsUnverified) return NobodyKnows;
        if (IsGuarded && leave is null) return new("This ticket is P1 or carries a risk tag, so a second person reads the reply before it goes. Ask for approval.");
        if (waitForContact && !MayProgress) return new("Answers are still missing, so the ticket stays new and its clock runs. Ask for them, or reply without waiting.");
        var message = Say(text, channel, by, now);
        if (AssigneeId is null && by.Id is { } id) Hand(new StaffId(id), TicketEventKind.Taken, by, null, now);
        FirstReplyAt ??= now;
        AcknowledgedAt ??= now;
        Record(TicketEventKind.StaffReplied, by, now, ("message", message.Id.ToString()), ("number", $"{message.Number}"), ("seal", leave?.Seal ?? ""), ("approvedBy", leave?.By ?? ""));
        GiveUpdate(by, now);
        if (waitForContact && Status != TicketStatus.Waiting) WaitForContact(by, now);
        return null;
    }

    /// <param name="tier">The tier of a guide that it names.</param>
    public void Note(string text, StaffId staff, Actor by, DateTimeOffset now, int tier = 0)
    {
        Notes.Add(new() { TenantId = TenantId, TicketId = Id, StaffId = staff.Value, AuthorName = by.Name, Text = Hide(text, by, now), MinTier = tier, At = now });
        UpdatedAt = now;
        Record(TicketEventKind.NoteWritten, by, now);
    }

    public Refusal? Resolve(Resolution resolution, string? byVersion, Actor by, DateTimeOffset now)
    {
        if (!IsOpen) return new("This ticket is resolved already, by someone else a moment ago.");
        if (!GateComplete && by.Kind == ActorKind.Staff) return new("Answers are still missing. Ask for them, or fill them in yourself; then it can be resolved.");
        Status = TicketStatus.Resolved;
        IsOpen = false;
        IsTryingGuide = false;
        (HeldUntil, NextUpdateAt) = (null, null);
        ResolvedAt = now;
        Resolution = by.Kind == ActorKind.Staff ? resolution.With(text => HideIn(text, by, now)) : resolution;
        ResolvedByVersion = byVersion;
        Record(TicketEventKind.Resolved, by, now, ("version", byVersion ?? ""));
        return null;
    }

    public Refusal? Reopen(string? why, Actor by, DateTimeOffset now)
    {
        if (IsOpen) return new("This request is open already.");
        Status = AssigneeId is null ? TicketStatus.New : TicketStatus.Open;
        IsOpen = true;
        ResolvedAt = null;
        ReopenCount++;
        Record(TicketEventKind.Reopened, by, now, ("why", HideIn(why, by, now) ?? ""));
        return null;
    }

    /// <summary>Writes an event that is no change of the ticket's own state (a guide was offered, a question asked).</summary>
    public void Record(TicketEventKind kind, Actor by, DateTimeOffset now, params (string Key, string Value)[] detail)
    {
        UpdatedAt = now;
        Events.Add(new() { TenantId = TenantId, TicketId = Id, Kind = kind, ActorKind = by.Kind, ActorId = by.Id, ActorName = by.Name, At = now, Detail = detail.Where(d => d.Value.Length > 0).ToDictionary(d => d.Key, d => d.Value) });
    }
}
