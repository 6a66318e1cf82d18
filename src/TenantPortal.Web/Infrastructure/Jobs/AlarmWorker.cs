using Microsoft.EntityFrameworkCore;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Looks every second for alarms that are due or fall due within it, over all clients in one statement, and works them off at their moment, a few at once. Any number of processes may do so:
/// a ticket's alarm is held by its row lock, which ends with whoever held it.</summary>
public sealed class AlarmWorker(AlarmHeads heads, IServiceScopeFactory scopes, ClientScopes clients, TimeProvider time, ILogger<AlarmWorker> log) : BackgroundService
{
    // a delay counts whole milliseconds, and an alarm must not be looked at before it is due
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1), Later = TimeSpan.FromSeconds(30);
    private const int AtOnce = 4, Sweep = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
            if (scope.ServiceProvider.GetService<IAlarmHandler>() is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            var isMore = await SweepAsync(stoppingToken);
            var rest = Rhythm - time.GetElapsedTime(began);
            if (!isMore && rest > TimeSpan.Zero) await Task.Delay(rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One sweep; true when more may be due.</summary>
    public async Task<bool> SweepAsync(CancellationToken cancel)
    {
        try
        {
            var due = await heads.DueAsync(time.GetUtcNow() + Rhythm, Sweep, cancel);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (alarm, stop) =>
            {
                if (alarm.DueAt - time.GetUtcNow() is var early && early > TimeSpan.Zero) await Task.Delay(early + Tick, stop);
                await RingAsync(alarm, stop);
            });
            return due.Count == Sweep;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested) { return false; }
        catch (Exception e) { log.LogWarning("Alarms could not be looked at ({Reason}); trying again", e.Message); return false; }
    }

    private async Task RingAsync(AlarmHead alarm, CancellationToken cancel)
    {
        try
        {
            await clients.RunAsync(alarm.Client, async services =>
            {
                await services.GetRequiredService<PortalDb>().HoldConnectionAsync(cancel);
                await services.GetRequiredService<IAlarmHandler>().RingAsync(alarm.Client, alarm.Ticket, cancel);
            });
        }
        // somebody changed the ticket at the same moment: the alarm is still due, and the next sweep looks at what they left
        catch (DbUpdateConcurrencyException) { }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "The alarm of ticket {Ticket} failed; it rings again in {Later}", alarm.Ticket, Later);
            await heads.PutOffAsync(alarm, time.GetUtcNow() + Later, cancel);
        }
    }
}
