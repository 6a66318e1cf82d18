using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Secrets;

/// <summary>Puts words back that were hidden and are no secret, wherever their mask stands in the ticket, in one save.</summary>
public sealed class UndoMask(PortalDb db, ChangeTicket change, ClientKeys keys, Me me)
{
    public Task<Refusal?> RunAsync(Ticket of, Guid id, string? why, CancellationToken cancel) => change.WithRowsAsync(of.TenantId, of.Id, async (ticket, now) =>
    {
        if (await db.Secrets.SingleOrDefaultAsync(s => s.TenantId == of.TenantId && s.Id == id && s.TicketId == of.Id, cancel) is not { } secret) return new("This hidden value does not exist.");
        if (secret.UndoneAt is not null) return new("This mask was taken off already; the words stand in the ticket.");
        var plain = await keys.OpenTicketSecretAsync(of.TenantId, secret.Sealed, cancel);
        if (ticket.Uncover(secret, plain, why, me.AsActor(), now) is { } refusal) return refusal;
        var mask = SecretCover.Mask(secret.Kind, secret.Label);
        foreach (var message in await db.Messages.Where(m => m.TenantId == of.TenantId && m.TicketId == of.Id && m.Text.Contains(mask)).ToListAsync(cancel)) Put(message, nameof(TicketMessage.Text), mask, plain);
        foreach (var note in await db.Notes.Where(n => n.TenantId == of.TenantId && n.TicketId == of.Id && n.Text.Contains(mask)).ToListAsync(cancel)) Put(note, nameof(TicketNote.Text), mask, plain);
        foreach (var fact in ticket.Facts.Where(f => f.Value.Contains(mask, StringComparison.Ordinal))) Put(fact, nameof(TicketFact.Value), mask, plain);
        foreach (var attempt in await db.Attempts.Where(a => a.TenantId == of.TenantId && a.TicketId == of.Id && a.Comment != null && a.Comment.Contains(mask)).ToListAsync(cancel)) attempt.Comment = attempt.Comment!.Replace(mask, plain, StringComparison.Ordinal);
        return null;
    }, cancel);

    // said words are not changed by any verb; this is the one exception, and its event tells of it
    private void Put(object row, string property, string mask, string plain)
    {
        var text = db.Entry(row).Property(property);
        text.CurrentValue = ((string)text.CurrentValue!).Replace(mask, plain, StringComparison.Ordinal);
    }
}
