using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Subscriptions;

/// <summary>Sends one message until it is taken, later and later for about four hours. Its id stays the same, so that the other side knows one that came before a crash could be written down.</summary>
public sealed class DeliverEvent(PortalDb db, OutsideHttp outside, HookSecrets secrets, OutsideHold hold, TimeProvider time) : IJobHandler
{
    public const string JobKind = "event-delivery";

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        await hold.PassAsync(cancel);
        if (job.RefId is not { } id || await db.Deliveries.SingleOrDefaultAsync(d => d.TenantId == job.TenantId && d.Id == id, cancel) is not { State: DeliveryState.Queued } delivery) return;
        var subscription = await db.Subscriptions.AsNoTracking().SingleAsync(s => s.TenantId == job.TenantId && s.Id == delivery.SubscriptionId, cancel);
        delivery.Attempts++;
        var (why, mayTryAgain) = await SendAsync(subscription, delivery, cancel);
        var now = time.GetUtcNow();
        var again = why is not null && mayTryAgain && job.Attempts < JobWorker.MostAttempts;
        (delivery.Error, delivery.SentAt) = (why, why is null ? now : null);
        delivery.State = why is null ? DeliveryState.Sent : again ? DeliveryState.Queued : DeliveryState.Failed;
        await db.SaveChangesAsync(cancel);
        if (again) throw new InvalidOperationException($"Message {id} was not taken: {why}");
        await db.Deliveries.Where(d => d.TenantId == job.TenantId && d.CreatedAt < now - EventDelivery.Kept && d.State != DeliveryState.Queued).ExecuteDeleteAsync(cancel);
    }

    private async Task<(string? Why, bool MayTryAgain)> SendAsync(EventSubscription subscription, EventDelivery delivery, CancellationToken cancel)
    {
        if (!subscription.IsActive) return ("This subscription was taken out before the message was sent.", false);
        if (!secrets.TryOpen(subscription.SealedSecret, out var secret)) return ("The secret cannot be read with this installation's key. Make the subscription anew.", false);
        using var request = SignedMessage.Of(subscription.Address, delivery.Id, time.GetUtcNow(), delivery.Body, secret);
        try
        {
            var status = (int)await outside.SendAsync(request, cancel);
            return status is >= 200 and < 300 ? (null, false) : ($"{subscription.Name} answered {status}.", status is 408 or 425 or 429 or >= 500);
        }
        catch (HttpRequestException e) when (e.InnerException is OutsideRefusedException refused) { return (refused.Message, false); }
        catch (HttpRequestException e) { return ($"{subscription.Name} could not be reached: {e.Message}", true); }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested) { return ($"{subscription.Name} did not answer in time.", true); }
    }
}
