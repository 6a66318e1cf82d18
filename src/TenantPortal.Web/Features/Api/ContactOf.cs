using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Api;

/// <summary>As whom a client's token acts on a ticket: the person it names, else the ticket's own contact.</summary>
public sealed class ContactOf(PortalDb db, Named named)
{
    public async Task<(Actor? Contact, IResult? Problem)> RunAsync(Client client, int number, string? name, CancellationToken cancel)
    {
        if (await db.Tickets.AsNoTracking().Where(t => t.TenantId == client.Id && t.Number == number).Join(db.Contacts, t => new { t.TenantId, Id = t.ContactId }, c => new { c.TenantId, c.Id }, (t, c) => c).SingleOrDefaultAsync(cancel) is not { } own) return (null, ApiResults.NotFound());
        var person = string.IsNullOrWhiteSpace(name) ? own : await named.PersonAsync(client, name, cancel);
        return person is null ? (null, ApiResults.Wrong("“contact” names no active person of this client: give a mail address, an id or your own reference.")) : (new(ActorKind.Contact, person.Id.Value, person.Name), null);
    }
}
