using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Hands one frozen letter to the transport, at most once by itself: when the call had begun and nobody knows its end, a person decides.</summary>
public sealed class SendMail(PortalDb db, IMailTransport transport, ClientDirectory clients, PortalSettings settings, TimeProvider time) : IJobHandler
{
    public const string JobKind = "send-mail";
    /// <summary>A call that began longer ago cannot still be running.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30), CallIsOver = TimeSpan.FromSeconds(60);

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var message = await db.Outbox.AsNoTracking().FirstOrDefaultAsync(m => m.Id == job.RefId, cancel);
        if (message is null or { State: OutboxState.Sent or OutboxState.Uncertain or OutboxState.Failed }) return;
        if (message.State == OutboxState.Sending) { await JudgeAsync(message, cancel); return; }
        var attempt = message.Attempts + 1;
        var begunAt = time.GetUtcNow();
        var mine = await db.Outbox.Where(m => m.Id == message.Id && m.State == OutboxState.Queued && m.Attempts == message.Attempts)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, OutboxState.Sending).SetProperty(x => x.Attempts, attempt).SetProperty(x => x.CallBegunAt, begunAt), cancel);
        if (mine == 1) await CallAsync(message, attempt, job);
    }

    // another run began the call and did not record its end
    private async Task JudgeAsync(OutboxMessage message, CancellationToken cancel)
    {
        if (message.CallBegunAt > time.GetUtcNow() - CallIsOver) throw new InvalidOperationException($"Letter {message.Id} is with another worker; it is looked at again later.");
        await EndAsync(message.Id, message.Attempts, OutboxState.Uncertain, "The program ended while the message was being handed over. It may or may not have arrived.", cancel);
    }

    // from here on a stop of the program is no reason to break off: the call is short, and its end must be written down
    private async Task CallAsync(OutboxMessage message, int attempt, Job job)
    {
        using var patience = new CancellationTokenSource(LongestCall);
        Delivery delivery;
        try { delivery = await transport.SendAsync(new(clients.ById(message.TenantId)!.Slug, message.Id, attempt, message.CreatedAt, settings.MailFrom, MailHeaders.Address(message.Recipient)!, message.Bytes), patience.Token); }
        catch (Exception e)
        {
            await EndAsync(message.Id, attempt, OutboxState.Uncertain, $"The hand-over broke off: {e.Message}", CancellationToken.None);
            return;
        }
        if (delivery.IsTaken) { await EndAsync(message.Id, attempt, OutboxState.Sent, null, CancellationToken.None); return; }
        var again = delivery.MayTryAgain && job.Attempts < JobWorker.MostAttempts;
        await EndAsync(message.Id, attempt, again ? OutboxState.Queued : OutboxState.Failed, delivery.Why, CancellationToken.None);
        if (again) throw new InvalidOperationException($"Letter {message.Id} was not taken: {delivery.Why}");
    }

    // the attempt's number is the fence: a run that another has replaced writes nothing
    private async Task EndAsync(Guid id, int attempt, OutboxState state, string? error, CancellationToken cancel)
    {
        DateTimeOffset? sentAt = state == OutboxState.Sent ? time.GetUtcNow() : null;
        await db.Outbox.Where(m => m.Id == id && m.State == OutboxState.Sending && m.Attempts == attempt)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, state).SetProperty(x => x.SentAt, sentAt).SetProperty(x => x.Error, error), cancel);
    }
}
