#pragma warning disable RS0030 // raw SQL: listen is no query
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>What the database says after a commit, heard on one connection a process: ids only, never text. Listeners fetch the rest under their own scope.</summary>
public sealed class Signals(NpgsqlDataSource database, ILogger<Signals> log) : BackgroundService
{
    /// <summary>Channel (live, jobs, directory, rights, knowledge, profile) and payload.</summary>
    public event Action<string, string>? Heard;

    /// <summary>Raised when the connection was lost and is back: whatever was said meanwhile is unknown, so forget what you remember.</summary>
    public event Action? Reconnected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, said) => Heard?.Invoke(said.Channel, said.Payload);
                await using (var listen = new NpgsqlCommand("listen live; listen jobs; listen directory; listen rights; listen knowledge; listen profile", connection)) await listen.ExecuteNonQueryAsync(stoppingToken);
                if (!first) Reconnected?.Invoke();
                first = false;
                while (true) await connection.WaitAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or System.Net.Sockets.SocketException or TimeoutException && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The database's signals were lost ({Reason}); trying again in a second", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
        }
    }
}
