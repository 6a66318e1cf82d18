namespace TenantPortal.Domain.Tickets;

public readonly record struct TicketId(Guid Value)
{
    public static TicketId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

public readonly record struct MessageId(Guid Value)
{
    public static MessageId New() => new(Guid.CreateVersion7());
    public override string ToString() => Value.ToString();
}

public enum Priority { P1 = 1, P2, P3, P4 }

/// <summary>Who is affected.</summary>
public enum Impact { One, Team, Site, Company }

/// <summary>Whether the person can keep working.</summary>
public enum Urgency { Stopped, Slowed, Workaround, Question }

/// <summary>What the affected screen or file holds: nothing personal, personal data, patients' or clients' confidential data.</summary>
public enum Sensitivity { None, Personal, Confidential }

public enum Channel { Portal, Phone, Chat, Mail, Api }

/// <summary>New: nobody has taken it. Open: a person works on it. Waiting: on the contact. OnHold: on somebody else, or for a date. Resolved: fixed, can be reopened.</summary>
public enum TicketStatus { New, Open, Waiting, OnHold, Resolved }

/// <summary>Why the clock of the fix rests: who or what is waited for.</summary>
public enum HoldReason { Contact, Vendor, Approval, Scheduled }

[Flags]
public enum RiskTags { None = 0, Security = 1, Billing = 2, Legal = 4 }

/// <summary>The fields of the environment block, in the order they are shown.</summary>
public enum EnvironmentField { Device, Os, App, AppVersion, Network, Site, LastChange, Error, Codes, FirstSeen, Affected, Sensitivity }

/// <summary>Where a value of the environment block comes from.</summary>
public enum FactSource { Detected, Asked, AssetRecord, Extracted, DoesNotKnow, NotAsked }

public enum ActorKind { Contact, Staff, Machine }

public enum TicketEventKind
{
    Opened, VerdictGiven, VerdictSuggested, FactRecorded, QuestionAsked, Alerted,
    GuideOffered, GuideOpened, StepAnswered, GuideFinished, AttemptAbandoned, PersonAsked, HandedOff,
    Taken, Assigned, ContactReplied, StaffReplied, NoteWritten, WaitingForContact, Held, Resumed,
    Resolved, Reopened, AttachmentAdded, MessageSent, GateCompleted, Answered,
    ApprovalAsked, ApprovalGiven, ApprovalRefused, ApprovalWithdrawn, GlassBroken,
    Escalated, LeadCalled, CallAcknowledged, EscalationSettled, UpdatePromised, UpdateGiven, UpdateMissed,
    SecretHidden, SecretRevealed, MaskUndone,
    NoteDrafted, PassedOn, WorkRecorded, QuestionFlagged, Verified,
}

/// <summary>Why a ticket goes to somebody else, in one tap.</summary>
public enum AssignReason { OtherSkill, WrongQueue, OffShift, OnSite, TooMuchWork }
