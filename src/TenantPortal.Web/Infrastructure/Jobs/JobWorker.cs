using System.Collections.Concurrent;
using System.Threading.Channels;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Runs due work of all clients in turn, a few at once and beside people's requests, each in a scope of its own client. Wakes by signal, and by itself every 2 s.</summary>
public sealed class JobWorker(JobHeads heads, IServiceScopeFactory scopes, Turns turns, Signals signals, TimeProvider time, ILogger<JobWorker> log) : BackgroundService
{
    /// <summary>After so many failed tries a head is dead: after about four hours.</summary>
    public const int MostAttempts = 10;
    /// <summary>How long a claim holds; a run is cancelled ten seconds earlier.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2), Gather = TimeSpan.FromMilliseconds(50), History = TimeSpan.FromDays(30);
    private const int AtOnce = 8;

    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<Job> run = new();
    private readonly Dictionary<string, ObjectFactory> handlers = new(StringComparer.Ordinal);
    private readonly HashSet<Task> running = [];
    private readonly List<Job> ending = [];
    private DateTimeOffset cleanedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.Heard += (channel, _) => { if (channel == "jobs") wakes.Writer.TryWrite(true); };
        signals.Reconnected += () => wakes.Writer.TryWrite(true);
        LearnHandlers();
        var mayBeMore = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            running.RemoveWhere(task => task.IsCompleted);
            mayBeMore = await TurnAsync(mayBeMore, stoppingToken);
            mayBeMore |= await WaitAsync(stoppingToken);
        }
        await Task.WhenAll(running);
        await TurnAsync(false, CancellationToken.None);
    }

    // made by type, so that a run makes its own handler only
    private void LearnHandlers()
    {
        using var scope = scopes.CreateScope();
        foreach (var handler in scope.ServiceProvider.GetServices<IJobHandler>()) handlers[handler.Kind] = ActivatorUtilities.CreateFactory(handler.GetType(), []);
    }

    /// <summary>Ends what has run and starts what is due; true when more may be due than was room for.</summary>
    private async Task<bool> TurnAsync(bool look, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        while (run.TryDequeue(out var job)) ending.Add(job);
        var room = look ? AtOnce - running.Count : 0;
        try
        {
            var (ended, claimed) = await heads.TurnAsync(ending, [.. handlers.Keys], room, now, Lease, stopping);
            foreach (var job in ending.Where(job => !ended.Contains(job.Id))) log.LogWarning("Job {Job} ({Kind}) ended after its lease had gone to another", job.Id, job.Kind);
            ending.Clear();
            foreach (var job in claimed) running.Add(Task.Run(() => RunAsync(job, stopping), CancellationToken.None));
            if (now - cleanedAt >= TimeSpan.FromHours(1))
            {
                cleanedAt = now;
                await heads.ForgetAsync(now - History, stopping);
            }
            return look && claimed.Count == room;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested) { log.LogWarning("Work could not be fetched ({Reason}); trying again", e.Message); return false; }
        catch (OperationCanceledException) { return false; }
    }

    // until there is word of new work, a running one ends, or the poll's time is over; what comes close together is claimed and ended together
    private async Task<bool> WaitAsync(CancellationToken stopping)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        wait.CancelAfter(Poll);
        var woken = running.Count < AtOnce ? wakes.Reader.ReadAsync(wait.Token).AsTask() : Task.Delay(Timeout.Infinite, wait.Token);
        await Task.WhenAny([woken, .. running]);
        if (running.Count == 0) await Task.Delay(Gather, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else await Task.WhenAny(Task.WhenAll(running), Task.Delay(Gather, stopping));
        var isDue = wait.IsCancellationRequested;
        await wait.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isDue || woken.IsCompletedSuccessfully;
    }

    /// <summary>One run of one claimed head: done, back for later, or dead.</summary>
    private async Task RunAsync(Job job, CancellationToken stopping)
    {
        using var lease = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lease.CancelAfter(Lease - TimeSpan.FromSeconds(10));
        try
        {
            using var turn = await turns.BesideAsync(lease.Token);
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(job.TenantId);
            await scope.ServiceProvider.GetRequiredService<PortalDb>().HoldConnectionAsync(lease.Token);
            await ((IJobHandler)handlers[job.Kind](scope.ServiceProvider, [])).RunAsync(job, lease.Token);
            run.Enqueue(job);
        }
        catch (Exception e) { await EndBadlyAsync(job, e, stopping); }
    }

    private async Task EndBadlyAsync(Job job, Exception why, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        try
        {
            if (stopping.IsCancellationRequested) { await heads.ReturnAsync(job, now, CancellationToken.None); return; }
            if (why is NotYetException later)
            {
                log.LogWarning("Job {Job} ({Kind}) waits: {Reason}", job.Id, job.Kind, later.Message);
                await heads.ReturnAsync(job, now + later.Delay, CancellationToken.None);
                return;
            }
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
