using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>One message to one person, before it is written. Ticket, stage, recipient and occurrence together are sent once and never again;
/// a mail without a ticket makes itself unique by its occurrence. The link's path starts behind the client's door ("/requests/7"), or is a desk's.</summary>
public sealed record MailToSend(string Template, TicketId? TicketId, string Stage, string Recipient, string RecipientName, string Occurrence, IReadOnlyDictionary<string, string> Values, string? LinkPath = null)
{
    /// <summary>Whose mail it is; null: the one client in scope. For staff it is the MSP's own.</summary>
    public TenantId? Client { get; init; }
    /// <summary>False where a person wrote the text.</summary>
    public bool IsAutomatic { get; init; } = true;
}
