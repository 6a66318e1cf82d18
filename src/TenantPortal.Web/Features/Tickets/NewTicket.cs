using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A file that was stored before the ticket was sent, under the name its sender gave it.</summary>
public sealed record SentFile(Guid FileId, string Name);

/// <summary>Where a contact belongs.</summary>
public sealed record Sender(TenantId Client, SiteId? Site, DeviceId? Device);

/// <summary>A report on its way to a ticket, whichever door it came through.</summary>
public sealed record NewTicket
{
    public const string OfferJob = "guide-offer";
    public required Report Report { get; init; }
    public required ContactId ContactId { get; init; }
    /// <summary>Named by staff who serve many clients; a contact's own scope says it already.</summary>
    public TenantId? Client { get; init; }
    /// <summary>Whom the session knows already; null: looked up.</summary>
    public Sender? Sender { get; init; }
    public DeviceId? DeviceId { get; init; }
    public Guid? RequestTypeId { get; init; }
    /// <summary>Made with the form: the same key never makes a second ticket.</summary>
    public required Guid SubmissionKey { get; init; }
    /// <summary>What another system calls it.</summary>
    public string? ExternalRef { get; init; }
    public required Actor By { get; init; }
    /// <summary>Nobody knows yet who wrote it.</summary>
    public bool IsUnverified { get; init; }
    /// <summary>What was asked or detected; what stands in the text is found by itself.</summary>
    public IReadOnlyList<FoundFact> Facts { get; init; } = [];
    public IReadOnlyList<SentFile> Files { get; init; } = [];
    /// <summary>A guide is looked for: by the caller, in the ticket's own save where <see cref="Offer"/> does it, else right after. What fails is made good by a job a minute later.</summary>
    public bool IsOffered { get; init; }
    /// <summary>Asks for what the offer will read, once site and device are known, so that it is read with the rest.</summary>
    public Action<SiteId?, DeviceId?>? BeforeOffer { get; init; }
    /// <summary>Adds the offer of a guide to the ticket's save; false when that failed.</summary>
    public Func<Ticket, ServiceTerms, CancellationToken, Task<bool>>? Offer { get; init; }
    /// <summary>When it was reported, for what is brought in from elsewhere; null: now.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>The ticket, and whether this very form had made it before.</summary>
public sealed record OpenedTicket(Ticket Ticket, bool AlreadySent);
