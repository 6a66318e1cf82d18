using System.Threading.RateLimiting;

namespace TenantPortal.Web.Features.People;

/// <summary>How often one address and one network may try: 10 tries in 5 minutes for an account, 60 for a network address.</summary>
public sealed class SignInLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> accounts = Limiter(10);
    private readonly PartitionedRateLimiter<string> networks = Limiter(60);

    public bool Allows(HttpContext context, string account) =>
        networks.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "").IsAcquired && accounts.AttemptAcquire(account.Trim().ToLowerInvariant()).IsAcquired;

    /// <summary>Where no account is named, or naming one must not shut its owner out.</summary>
    public bool AllowsNetwork(HttpContext context) => networks.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "").IsAcquired;

    public void Dispose()
    {
        accounts.Dispose();
        networks.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int tries) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new() { PermitLimit = tries, Window = TimeSpan.FromMinutes(5), SegmentsPerWindow = 5, QueueLimit = 0 }));
}
