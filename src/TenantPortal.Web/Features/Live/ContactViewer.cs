using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Live;

/// <summary>A contact hears of the own tickets, a manager of the company's. Positions are sealed: they would tell how much the whole installation does.</summary>
internal sealed class ContactViewer(Client client, SignedInContact contact, ClaimsPrincipal session, SessionGuard sessions, IDataProtectionProvider protection) : ILiveViewer
{
    private readonly IDataProtector seal = protection.CreateProtector("live-position", client.Id.ToString());
    private SignedInContact contact = contact;

    public Guid Person => contact.Id.Value;

    public async ValueTask<bool> HoldsAsync(CancellationToken cancel)
    {
        if (await sessions.ContactAsync(session, client, cancel) is not { } now) return false;
        contact = now;
        return true;
    }

    public bool Hears(TicketChange change) => change.Client == client.Id && (contact.Role == ContactRole.Manager || change.Contact == contact.Id);

    public void SetScope(TenantScope scope) => scope.SetClient(client.Id);

    public IQueryable<Ticket> Own(IQueryable<Ticket> tickets)
    {
        var id = contact.Id;
        return contact.Role == ContactRole.Manager ? tickets : tickets.Where(t => t.ContactId == id);
    }

    public string Write(ulong position) => seal.Protect(position.ToString(CultureInfo.InvariantCulture));

    public ulong? Read(string text)
    {
        if (text.Length > 500) return null;
        try { return ulong.Parse(seal.Unprotect(text), CultureInfo.InvariantCulture); }
        catch (CryptographicException) { return null; }
    }
}
