using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Features.Look;

/// <summary>What a person changed on the look page; a logo is already safe to serve.</summary>
public sealed record LookChange(LookWishes Wishes, int Seen, string? NewLogoSvg, bool RemoveLogo);

/// <summary>Saves a client's look on top of the version that was seen, and records who did it.</summary>
public sealed class ChangeLook(PortalDb db, Me me, ClientLooks looks, TimeProvider time)
{
    public async Task<Refusal?> RunAsync(TenantId client, LookChange change, CancellationToken cancel)
    {
        var look = await db.Looks.SingleOrDefaultAsync(l => l.TenantId == client, cancel);
        if (look is null) db.Add(look = new() { TenantId = client });
        if (look.Change(change.Wishes, change.Seen, change.NewLogoSvg, change.RemoveLogo) is { } refusal) return refusal;
        var actor = me.AsActor();
        db.Add(new ClientEvent
        {
            TenantId = client, Kind = "look-changed", ActorName = actor.Name, ActorId = actor.Id, At = time.GetUtcNow(),
            Detail = new() { ["theme"] = look.Theme, ["accent"] = look.Accent, ["version"] = $"{look.Version}", ["logo"] = change.NewLogoSvg is not null ? "new" : change.RemoveLogo ? "removed" : "kept" },
        });
        await db.SaveChangesAsync(cancel);
        looks.Forget(client);
        return null;
    }
}
