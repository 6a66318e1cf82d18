using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Says on every request whether a session still holds: the right door, the right client, an active person, the current security stamp.
/// Remembers contacts in memory until the database says that one changed.</summary>
public sealed class SessionGuard
{
    public const string DoorClaim = "door", ClientClaim = "client", StampClaim = "stamp";
    private const int Remembered = 20_000;
    private readonly ConcurrentDictionary<(TenantId, ContactId), SignedInContact> contacts = new();
    private readonly IServiceScopeFactory scopes;
    private readonly StaffDirectory staff;
    private long forgotten;

    public SessionGuard(IServiceScopeFactory scopes, StaffDirectory staff, Signals signals)
    {
        (this.scopes, this.staff) = (scopes, staff);
        signals.Heard += (channel, payload) => { if (channel == "rights") Forget(payload); };
        signals.Reconnected += ForgetAll;
    }

    public async Task<SignedInContact?> ContactAsync(ClaimsPrincipal session, Client client, CancellationToken cancel)
    {
        if (session.FindFirstValue(DoorClaim) != nameof(Door.Portal) || session.FindFirstValue(ClientClaim) != client.Id.ToString()) return null;
        if (!Guid.TryParse(session.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        var contact = await RecallAsync(client.Id, new(id), cancel);
        return contact is not null && contact.SecurityStamp == session.FindFirstValue(StampClaim) ? contact : null;
    }

    /// <summary>For whoever has just changed a contact: the next request reads the row again, without waiting for the database's word.</summary>
    public void Forget(TenantId client, ContactId id)
    {
        Interlocked.Increment(ref forgotten);
        contacts.TryRemove((client, id), out _);
    }

    public StaffMember? Staff(ClaimsPrincipal session, Door door)
    {
        if (session.FindFirstValue(DoorClaim) != door.ToString() || !Guid.TryParse(session.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        return staff.ById(new(id)) is { IsActive: true } member && member.SecurityStamp == session.FindFirstValue(StampClaim) ? member : null;
    }

    public static ClaimsPrincipal Session(Contact contact) => Session(Door.Portal, contact.TenantId.ToString(), contact.Id.Value, contact.SecurityStamp);

    public static ClaimsPrincipal Session(StaffMember member, Door door) => Session(door, "", member.Id.Value, member.SecurityStamp);

    private static ClaimsPrincipal Session(Door door, string client, Guid person, string stamp) => new(new ClaimsIdentity(
        [new(DoorClaim, door.ToString()), new(ClientClaim, client), new(ClaimTypes.NameIdentifier, person.ToString()), new(StampClaim, stamp)], "session"));

    private async Task<SignedInContact?> RecallAsync(TenantId client, ContactId id, CancellationToken cancel)
    {
        if (contacts.TryGetValue((client, id), out var known)) return known;
        var before = Interlocked.Read(ref forgotten);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var found = await db.Contacts.AsNoTracking().Where(c => c.Id == id && c.IsActive)
            .Select(c => new SignedInContact(c.TenantId, c.Id, c.Name, c.Email, c.Role, c.SiteId, c.DeviceId, c.SecurityStamp, c.IsShared)).FirstOrDefaultAsync(cancel);
        if (found is null) return null;
        if (contacts.Count >= Remembered) contacts.Clear();
        contacts[(client, id)] = found;
        // a change that came while the row was being read may not be in it
        if (Interlocked.Read(ref forgotten) != before) contacts.TryRemove((client, id), out _);
        return found;
    }

    private void Forget(string payload)
    {
        if (payload.Split(' ') is [var client, var id] && Guid.TryParse(client, out var tenant) && Guid.TryParse(id, out var contact)) Forget(new(tenant), new ContactId(contact));
        else ForgetAll();
    }

    private void ForgetAll()
    {
        Interlocked.Increment(ref forgotten);
        contacts.Clear();
    }
}
