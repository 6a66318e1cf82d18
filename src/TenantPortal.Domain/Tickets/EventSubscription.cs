using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>What a program beyond the house can be told of. Notes, verdicts and what staff say to each other are not among it.</summary>
[Flags]
public enum ToldEvents { None = 0, Opened = 1, Message = 2, Taken = 4, Waiting = 8, Resolved = 16, Reopened = 32 }

/// <summary>An address that hears what happens to one client's tickets.</summary>
public sealed class EventSubscription : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required ToldEvents Events { get; init; }
    /// <summary>What each message is signed with; sealed with the installation's key.</summary>
    public required string SealedSecret { get; init; }
    public bool IsActive { get; set; } = true;
    public required string ByName { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    public static IReadOnlyList<ToldEvents> Each { get; } = [ToldEvents.Opened, ToldEvents.Message, ToldEvents.Taken, ToldEvents.Waiting, ToldEvents.Resolved, ToldEvents.Reopened];

    /// <summary>What the message about an event is called; None for what is not told.</summary>
    public static ToldEvents Of(TicketEventKind kind) => kind switch
    {
        TicketEventKind.Opened => ToldEvents.Opened,
        TicketEventKind.ContactReplied or TicketEventKind.StaffReplied => ToldEvents.Message,
        TicketEventKind.Taken or TicketEventKind.Assigned => ToldEvents.Taken,
        TicketEventKind.WaitingForContact or TicketEventKind.Held => ToldEvents.Waiting,
        TicketEventKind.Resolved => ToldEvents.Resolved,
        TicketEventKind.Reopened => ToldEvents.Reopened,
        _ => ToldEvents.None,
    };
}

public enum DeliveryState { Queued, Sent, Failed }

/// <summary>One message to one subscription about one event: made once, sent until it is taken, kept for 30 days to be looked at and sent again.</summary>
public sealed class EventDelivery : ITenantOwned
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public required TenantId TenantId { get; init; }
    /// <summary>Goes along as the message's id: the same for every try, so that the other side knows a repetition.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid SubscriptionId { get; init; }
    public required long EventId { get; init; }
    public required TicketId TicketId { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public DeliveryState State { get; set; }
    public int Attempts { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public string? Error { get; set; }
}
