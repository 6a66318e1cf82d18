using System.Threading.Channels;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Runs due work of all clients in turn, a few at once, each in a scope of its own client. Wakes by signal, and by itself every 2 s.</summary>
public sealed class JobWorker(JobHeads heads, IServiceScopeFactory scopes, Signals signals, TimeProvider time, ILogger<JobWorker> log) : BackgroundService
{
    /// <summary>After so many failed tries a head is dead: after about four hours.</summary>
    public const int MostAttempts = 10;
    /// <summary>How long a claim holds; a run is cancelled ten seconds earlier.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2), History = TimeSpan.FromDays(30);
    private const int AtOnce = 4;

    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private DateTimeOffset cleanedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.Heard += (channel, _) => { if (channel == "jobs") wakes.Writer.TryWrite(true); };
        signals.Reconnected += () => wakes.Writer.TryWrite(true);
        var kinds = Kinds();
        var running = new HashSet<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveWhere(task => task.IsCompleted);
            await StartAsync(kinds, running, stoppingToken);
            await WaitAsync(running, stoppingToken);
        }
        await Task.WhenAll(running);
    }

    private string[] Kinds()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IJobHandler>().Select(handler => handler.Kind)];
    }

    private async Task StartAsync(string[] kinds, HashSet<Task> running, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        try
        {
            if (running.Count < AtOnce)
                foreach (var job in await heads.ClaimAsync(kinds, AtOnce - running.Count, now, Lease, stopping)) running.Add(Task.Run(() => RunAsync(job, stopping), CancellationToken.None));
            if (now - cleanedAt < TimeSpan.FromHours(1)) return;
            cleanedAt = now;
            await heads.ForgetAsync(now - History, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested) { log.LogWarning("Work could not be fetched ({Reason}); trying again", e.Message); }
        catch (OperationCanceledException) { return; }
    }

    // until there is word of new work, a running one ends, or the poll's time is over
    private async Task WaitAsync(HashSet<Task> running, CancellationToken stopping)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        wait.CancelAfter(Poll);
        var woken = running.Count < AtOnce ? wakes.Reader.ReadAsync(wait.Token).AsTask() : Task.Delay(Timeout.Infinite, wait.Token);
        await Task.WhenAny([woken, .. running]);
        await wait.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One run of one claimed head: done, back for later, or dead.</summary>
    private async Task RunAsync(Job job, CancellationToken stopping)
    {
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lease.CancelAfter(Lease - TimeSpan.FromSeconds(10));
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(job.TenantId);
            await scope.ServiceProvider.GetServices<IJobHandler>().Single(handler => handler.Kind == job.Kind).RunAsync(job, lease.Token);
            if (!await heads.FinishAsync(job, time.GetUtcNow(), CancellationToken.None)) log.LogWarning("Job {Job} ({Kind}) ended after its lease had gone to another", job.Id, job.Kind);
        }
        catch (Exception e) { await EndBadlyAsync(job, e, stopping); }
    }

    private async Task EndBadlyAsync(Job job, Exception why, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        try
        {
            if (stopping.IsCancellationRequested) { await heads.ReturnAsync(job, now, CancellationToken.None); return; }
            if (job.Attempts >= MostAttempts)
            {
                log.LogError(why, "Job {Job} ({Kind}) failed {Attempts} times and is dead", job.Id, job.Kind, job.Attempts);
                await heads.BuryAsync(job, now, CancellationToken.None);
                return;
            }
            log.LogWarning(why, "Job {Job} ({Kind}) failed; it will be tried again", job.Id, job.Kind);
            await heads.PostponeAsync(job, now + BackOff(job.Attempts), CancellationToken.None);
        }
        // the lease ends by itself, and then another worker claims the head
        catch (Exception e) { log.LogWarning("Job {Job} could not be given back: {Reason}", job.Id, e.Message); }
    }

    /// <summary>2, 8, 32, 128, 512 s, then an hour.</summary>
    public static TimeSpan BackOff(int attempts) => attempts > 5 ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(2 << (2 * (attempts - 1)));
}
