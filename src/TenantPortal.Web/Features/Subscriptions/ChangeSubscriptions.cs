using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Subscriptions;

/// <summary>Adds subscriptions, takes them out, and sends messages again, each with the event that says who did it.</summary>
public sealed class ChangeSubscriptions(PortalDb db, JobQueue jobs, HookSecrets secrets, PortalSettings settings, Me me, TimeProvider time)
{
    /// <summary>The secret, which is shown this once; or why there is none.</summary>
    public async Task<(string? Secret, Refusal? Refusal)> AddAsync(Client client, string name, string address, ToldEvents events, CancellationToken cancel)
    {
        if (name.Length is 0 or > 80) return (null, new("Give the subscription a name of at most 80 characters that says who listens."));
        if (settings.OutsideHosts.Problem(address) is { } problem) return (null, new(problem));
        if (events == ToldEvents.None) return (null, new("Choose what is told."));
        var secret = SignedMessage.NewSecret();
        var made = new EventSubscription { TenantId = client.Id, Name = name, Address = address, Events = events, SealedSecret = secrets.Seal(secret)!, ByName = me.Staff.Name, MadeAt = time.GetUtcNow() };
        db.Add(made);
        Record("subscription-made", made, ("events", $"{events}"), ("address", new Uri(address).Host));
        await db.SaveChangesAsync(cancel);
        return (secret, null);
    }

    /// <summary>False where there is no such subscription within the scope.</summary>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Subscriptions.SingleOrDefaultAsync(s => s.Id == id && s.IsActive, cancel) is not { } subscription) return false;
        subscription.IsActive = false;
        Record("subscription-removed", subscription);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Sends a message once more, whatever became of it; false where there is none within the scope, or it is on its way.</summary>
    public async Task<bool> AgainAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id && d.State != DeliveryState.Queued, cancel) is not { } delivery) return false;
        delivery.State = DeliveryState.Queued;
        jobs.Add(delivery.TenantId, DeliverEvent.JobKind, delivery.Id, time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private void Record(string kind, EventSubscription subscription, params (string Key, string Value)[] more) =>
        db.Add(new ClientEvent { TenantId = subscription.TenantId, Kind = kind, ActorName = me.Staff.Name, ActorId = me.Staff.Id.Value, At = time.GetUtcNow(), Detail = more.Prepend(("name", subscription.Name)).ToDictionary(d => d.Item1, d => d.Item2) });
}
