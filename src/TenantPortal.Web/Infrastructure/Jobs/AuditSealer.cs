using Npgsql;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>Has new events linked into their clients' chains every two seconds; of several processes, one at a time does it.</summary>
public sealed class AuditSealer(NpgsqlDataSource database, ILogger<AuditSealer> log) : BackgroundService
{
    private const int AtOnce = 2_000;
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var mayBeMore = false;
            try { mayBeMore = await AuditRows.SealAsync(database, AtOnce, stoppingToken) == AtOnce; }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning("Events could not be linked ({Reason}); trying again", e.Message); }
            catch (OperationCanceledException) { return; }
            if (!mayBeMore) await Task.Delay(Rhythm, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
