using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Hands one frozen letter to the transport, or to the outside channel it is for, at most once by itself: when the call had begun and nobody knows its end, a person decides.</summary>
public sealed class SendMail(PortalDb db, IMailTransport transport, HookTransport hooks, ClientDirectory clients, PortalSettings settings, OutsideHold hold, TimeProvider time) : IJobHandler
{
    public const string JobKind = "send-mail";
    /// <summary>A call that began longer ago cannot still be running.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30), CallIsOver = TimeSpan.FromSeconds(60);
    /// <summary>A mail host that cannot be used is waited for so long; then a person is asked.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(3), InTurn = TimeSpan.FromSeconds(3);

    public string Kind => JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        if (job.RefId is not { } id) return;
        await hold.PassAsync(cancel);
        if (await db.TakeAsync(job.TenantId, id, time.GetUtcNow(), cancel) is { } letter) { await CallAsync(id, letter, job); return; }
        var message = await db.Outbox.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancel);
        if (message is { State: OutboxState.Sending }) await JudgeAsync(message, cancel);
        if (message is { State: OutboxState.Queued }) throw new NotYetException("an earlier letter about the same ticket goes first", InTurn);
    }

    // another run began the call and did not record its end
    private async Task JudgeAsync(OutboxMessage message, CancellationToken cancel)
    {
        if (message.CallBegunAt > time.GetUtcNow() - CallIsOver) throw new InvalidOperationException($"Letter {message.Id} is with another worker; it is looked at again later.");
        await EndAsync(message.TenantId, message.Id, message.Attempts, OutboxState.Uncertain, "The program ended while the message was being handed over. It may or may not have arrived.", cancel);
    }

    // from here on a stop of the program is no reason to break off: the call is short, and its end must be written down
    private async Task CallAsync(Guid id, TakenLetter letter, Job job)
    {
        // that it began is on the disk; were its end lost, a person would be asked
        db.Scope.IsWrittenAgain = true;
        using var patience = new CancellationTokenSource(LongestCall);
        Delivery delivery;
        try
        {
            delivery = letter.HookId is { } hook ? await hooks.SendAsync(hook, id, letter.Bytes, patience.Token)
                : await transport.SendAsync(new(clients.ById(job.TenantId)!.Slug, id, letter.Attempts, letter.CreatedAt, settings.MailFrom, MailHeaders.Address(letter.Recipient)!, letter.Bytes), patience.Token);
        }
        catch (NotYetException e)
        {
            var isOver = time.GetUtcNow() - letter.CreatedAt > LongestWait;
            await EndAsync(job.TenantId, id, letter.Attempts, isOver ? OutboxState.Failed : OutboxState.Queued, e.Message, CancellationToken.None);
            if (!isOver) throw;
            return;
        }
        catch (Exception e)
        {
            await EndAsync(job.TenantId, id, letter.Attempts, OutboxState.Uncertain, $"The hand-over broke off: {e.Message}", CancellationToken.None);
            return;
        }
        if (delivery.IsTaken) { await EndAsync(job.TenantId, id, letter.Attempts, OutboxState.Sent, null, CancellationToken.None); return; }
        var again = delivery.MayTryAgain && job.Attempts < JobWorker.MostAttempts;
        await EndAsync(job.TenantId, id, letter.Attempts, again ? OutboxState.Queued : OutboxState.Failed, delivery.Why, CancellationToken.None);
        if (again) throw new InvalidOperationException($"Letter {id} was not taken: {delivery.Why}");
    }

    private Task EndAsync(TenantId client, Guid id, int attempt, OutboxState state, string? error, CancellationToken cancel) =>
        db.EndAsync(client, id, attempt, state, state == OutboxState.Sent ? time.GetUtcNow() : null, error, cancel);
}
