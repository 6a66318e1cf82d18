using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>A message that the contact sees. Internal notes are another type in another table.</summary>
public sealed class TicketMessage : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public MessageId Id { get; init; } = MessageId.New();
    public required TicketId TicketId { get; init; }
    /// <summary>1 for the first message of the ticket; said aloud ("message 4").</summary>
    public required int Number { get; init; }
    public required ActorKind AuthorKind { get; init; }
    public Guid? AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required string Text { get; init; }
    public required Channel Channel { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Internal, never sent.</summary>
public sealed class TicketNote : ITenantOwned
{
    /// <summary>Who reads as a lower tier does not see it, because it names what that tier may not read; 0: everybody on the desk.</summary>
    public int MinTier { get; init; }
    /// <summary>What the template had written, where a person went on from a draft.</summary>
    public string? Draft { get; init; }
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    public required Guid StaffId { get; init; }
    public required string AuthorName { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A value of the environment block that was just found out; the message is the one an extracted value stands in.</summary>
public sealed record FoundFact(EnvironmentField Field, string Value, FactSource Source, MessageId? MessageId = null);

/// <summary>One value of the environment block with its source; a later value of the same field stands in front of an earlier one.</summary>
public sealed class TicketFact : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    public required EnvironmentField Field { get; init; }
    public required string Value { get; init; }
    public required FactSource Source { get; init; }
    /// <summary>The message an extracted value was found in.</summary>
    public MessageId? MessageId { get; init; }
    public required ActorKind ByKind { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
}

public sealed class TicketAttachment : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    public MessageId? MessageId { get; init; }
    public required Guid FileId { get; init; }
    public required string FileName { get; init; }
    public required string MediaType { get; init; }
    public required long Size { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>One promise of the contract on a ticket, on one of the four clocks; of the next replies, the latest.</summary>
public sealed class TicketTarget : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    /// <summary>Response, NextResponse or Resolution.</summary>
    public required string Kind { get; init; }
    /// <summary>Acknowledgement, AutomatedAttempt, FirstHumanReply or FirstHumanReplyAfterNo.</summary>
    public required string ClockKind { get; set; }
    public required int AllowanceMinutes { get; set; }
    /// <summary>Whose hours count: Client or Always.</summary>
    public required string Calendar { get; set; }
    /// <summary>The clause or the contract's row that set it.</summary>
    public required string SetBy { get; set; }
    public required DateTimeOffset StartedAt { get; set; }
    public required DateTimeOffset DueAt { get; set; }
    /// <summary>When the promise was kept or no longer asked for.</summary>
    public DateTimeOffset? MetAt { get; set; }
}

/// <summary>How a ticket was closed: what a colleague needs to fix it again, and to prevent it.</summary>
public sealed record Resolution(string Summary, string? Cause, string? Workaround, string? PermanentFix, string? Prevention)
{
    /// <summary>The same with each text changed.</summary>
    internal Resolution With(Func<string?, string?> change) => new(change(Summary)!, change(Cause), change(Workaround), change(PermanentFix), change(Prevention));
}
