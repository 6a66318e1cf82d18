using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Api;

/// <summary>One page of a list, newest first; next is the address of the following one, null on the last.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);

public sealed record PersonName(Guid Id, string Name);

/// <summary>One message between contact and staff.</summary>
public sealed record SaidAnswer(int Number, DateTimeOffset At, ActorKind By, string Name, string Text);

public sealed record NoteAnswer(DateTimeOffset At, string Name, string Text);

public sealed record FactAnswer(EnvironmentField Field, string Value, FactSource Source);

/// <summary>How it was solved.</summary>
public sealed record SolvedAnswer(string Summary, string? Cause, string? Workaround, string? PermanentFix, string? Prevention);

/// <summary>What only staff read of a ticket.</summary>
public sealed record DeskPart(Priority Priority, string? Because, string Category, string Queue, IReadOnlyList<string> RiskTags, string? Assignee, DateTimeOffset? FirstReplyAt, IReadOnlyList<NoteAnswer>? Notes, IReadOnlyList<FactAnswer>? Facts);

/// <summary>A ticket. Messages and resolution come with a single ticket, not in lists; desk comes to tokens of staff alone.</summary>
/// <param name="Missing">What is still asked for: impact, urgency, system, sensitivity.</param>
public sealed record TicketAnswer(string Reference, int Number, string? ExternalRef, string Subject, TicketStatus Status, bool IsOpen, PersonName Contact, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt, DateTimeOffset DueAt, DateTimeOffset? ResolvedAt,
    IReadOnlyList<string> Missing, IReadOnlyList<SaidAnswer>? Messages, SolvedAnswer? Resolution, DeskPart? Desk);
