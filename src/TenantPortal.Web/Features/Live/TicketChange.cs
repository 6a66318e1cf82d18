using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Live;

/// <summary>Something happened to a ticket: whose it is, and what it is called. What happened is for the page to fetch.</summary>
public sealed record TicketChange(TenantId Client, string Reference, ContactId Contact);

/// <summary>One word to an open stream: a ticket changed, everything may have, or look whether the person may still listen.
/// Whoever has read up to a word may come back from its position.</summary>
public sealed record LiveWord(TicketChange? Change, bool Everything, ulong? Position)
{
    public static LiveWord Refresh { get; } = new(null, true, null);
    public static LiveWord Check { get; } = new(null, false, null);
}
