using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Uncertain: the process ended after the call to the mail server began; a person decides, it is never sent again by itself.</summary>
public enum OutboxState { Queued, Sending, Sent, Uncertain, Failed }

/// <summary>One message to one recipient, frozen before any attempt to send: bytes and Message-ID never change after this row is written.</summary>
public sealed class OutboxMessage : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public TicketId? TicketId { get; init; }
    /// <summary>received, tried, assigned, reply, resolved, reopened, sign-in …</summary>
    public required string Stage { get; init; }
    public required string Recipient { get; init; }
    /// <summary>Tells a second message of the same stage from the first (the event it answers).</summary>
    public required string Occurrence { get; init; }
    public required string Subject { get; init; }
    public required string MessageId { get; init; }
    public required byte[] Bytes { get; init; }
    public OutboxState State { get; set; }
    public int Attempts { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? CallBegunAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? Error { get; set; }
    /// <summary>The outside channel that it goes to; null: a mailbox.</summary>
    public Guid? HookId { get; init; }

    public Refusal? SendAgain()
    {
        if (State is not (OutboxState.Uncertain or OutboxState.Failed)) return new("This message is on its way, or has arrived. There is nothing to send again.");
        if (Bytes.Length == 0) return new("This message has no address it could go to. Correct the person's address; the next message will use it.");
        (State, Error) = (OutboxState.Queued, null);
        return null;
    }

    /// <summary>Somebody knows that it has arrived.</summary>
    public Refusal? Settle(DateTimeOffset now)
    {
        if (State != OutboxState.Uncertain) return new("Nobody is in doubt about this message.");
        (State, SentAt, Error) = (OutboxState.Sent, now, null);
        return null;
    }
}

/// <summary>Something one staff member should notice: a new P1, an assignment, a contact's reply.</summary>
public sealed class StaffNotice : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid StaffId { get; init; }
    public required TicketId TicketId { get; init; }
    public required string Kind { get; init; }
    public required string Sentence { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>A stored file; its bytes lie in chunks under the same policy.</summary>
public sealed class StoredFile : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string MediaType { get; init; }
    /// <summary>Both are known when the last byte has come in.</summary>
    public long Size { get; set; }
    public byte[] Sha256 { get; set; } = [];
    /// <summary>Which store its bytes lie in.</summary>
    public string Place { get; init; } = "database";
    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed class StoredFileChunk : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required Guid FileId { get; init; }
    public required int Number { get; init; }
    public required byte[] Bytes { get; init; }
}
