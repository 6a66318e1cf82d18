using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Whose mail a link came from and which ticket it is about.</summary>
public sealed record TicketLink(TicketId Ticket, string Recipient);

/// <summary>Signs the link in a mail with ticket and recipient, bound to the client, for 30 days. The signature opens nothing by itself: it tells the
/// sign-in page whom to offer a sign-in mail.</summary>
public sealed class TicketLinks(IDataProtectionProvider protection)
{
    /// <summary>What carries the signature in a link's address.</summary>
    public const string Parameter = "t";
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public string Sign(TenantId client, TicketLink link) => For(client).Protect($"{link.Ticket.Value:n} {link.Recipient}", Life);

    /// <summary>Null when it is forged, of another client, or too old.</summary>
    public TicketLink? Read(TenantId client, string? token)
    {
        if (token is null or { Length: 0 or > 1000 }) return null;
        try { return For(client).Unprotect(token).Split(' ', 2) is [var id, var recipient] && Guid.TryParseExact(id, "n", out var ticket) ? new(new(ticket), recipient) : null; }
        catch (CryptographicException) { return null; }
    }

    private ITimeLimitedDataProtector For(TenantId client) => protection.CreateProtector("ticket-link", client.ToString()).ToTimeLimitedDataProtector();
}
