using System.Threading.Channels;
using System.Threading.RateLimiting;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SignInHelp;

/// <summary>What somebody typed who cannot sign in.</summary>
public sealed record HelpRequest(TenantId Client, string Name, string Phone, string Problem);

/// <summary>Works on "I can't sign in" after the answer has gone out, so that neither its words nor its time tell who is known here.
/// At most 5 an hour are looked at for one name and 60 for one client; a name that has an open ticket gets no second one.</summary>
public sealed class HelpPost(IServiceScopeFactory scopes, ILogger<HelpPost> log) : BackgroundService
{
    private readonly Channel<HelpRequest> requests = System.Threading.Channels.Channel.CreateBounded<HelpRequest>(new BoundedChannelOptions(500) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PartitionedRateLimiter<string> names = Limiter(5), clients = Limiter(60);
    private int waiting;

    /// <summary>Nothing is left to look at.</summary>
    public bool IsIdle => Volatile.Read(ref waiting) == 0;

    public void Queue(HelpRequest request)
    {
        // before the queue, so that a flood about one person leaves room for the others
        if (!names.AttemptAcquire($"{request.Client} {LockedOut.KeyOf(request.Name)}").IsAcquired || !clients.AttemptAcquire($"{request.Client}").IsAcquired) return;
        Interlocked.Increment(ref waiting);
        if (!requests.Writer.TryWrite(request)) Interlocked.Decrement(ref waiting);
    }

    public override void Dispose()
    {
        names.Dispose();
        clients.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in requests.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(request.Client);
                await scope.ServiceProvider.GetRequiredService<OpenLockedOut>().RunAsync(request, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "A request of somebody who cannot sign in could not be kept"); }
            finally { Interlocked.Decrement(ref waiting); }
        }
    }

    private static PartitionedRateLimiter<string> Limiter(int most) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = most, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 6, QueueLimit = 0 }));
}
