using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Secrets;

/// <summary>Shows an engineer one hidden value. Who looks and why is kept first: a value that nobody wrote down was never shown.</summary>
public sealed class RevealSecret(PortalDb db, ChangeTicket change, ClientKeys keys, Me me)
{
    public async Task<(string? Plain, Refusal? Refusal)> RunAsync(Ticket of, Guid id, string? why, CancellationToken cancel)
    {
        byte[]? sealedBytes = null;
        var refusal = await change.WithRowsAsync(of.TenantId, of.Id, async (ticket, now) =>
        {
            if (await db.Secrets.SingleOrDefaultAsync(s => s.TenantId == of.TenantId && s.Id == id && s.TicketId == of.Id, cancel) is not { } secret) return new("This hidden value does not exist.");
            sealedBytes = secret.Sealed;
            return ticket.Reveal(secret, why, me.AsActor(), now);
        }, cancel);
        return refusal is not null ? (null, refusal) : (await keys.OpenTicketSecretAsync(of.TenantId, sealedBytes!, cancel), null);
    }
}
