using System.Globalization;
using System.Security.Claims;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Live;

/// <summary>A staff member hears of the tickets of the clients that person serves at this moment.</summary>
internal sealed class StaffViewer(StaffMember member, ClaimsPrincipal session, SessionGuard sessions) : ILiveViewer
{
    private StaffMember member = member;

    public Guid Person => member.Id.Value;

    public ValueTask<bool> HoldsAsync(CancellationToken cancel)
    {
        if (sessions.Staff(session, Door.Desk) is not { } now) return new(false);
        member = now;
        return new(true);
    }

    public bool Hears(TicketChange change) => member.Serves(change.Client);

    public void SetScope(TenantScope scope)
    {
        if (member.ServesAllClients) scope.SetAll();
        else scope.SetStaff(member.Clients);
    }

    public IQueryable<Ticket> Own(IQueryable<Ticket> tickets) => tickets;

    public string Write(ulong position) => position.ToString(CultureInfo.InvariantCulture);

    public ulong? Read(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
