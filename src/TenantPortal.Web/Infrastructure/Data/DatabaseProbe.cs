#pragma warning disable RS0030 // raw SQL: the smallest question there is
using Npgsql;

namespace TenantPortal.Web.Infrastructure.Data;

/// <summary>Whether the database answers, asked at most once a second however often somebody wants to know.</summary>
public sealed class DatabaseProbe(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Remembered = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private (long At, bool Answers) last;

    public async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (last.At != 0 && time.GetElapsedTime(last.At) < Remembered) return last.Answers;
            last = (time.GetTimestamp(), await AskAsync(cancel));
            return last.Answers;
        }
        finally { turn.Release(); }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> AskAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await using var command = database.CreateCommand("select 1");
            return await command.ExecuteScalarAsync(limit.Token) is 1;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or IOException && !cancel.IsCancellationRequested) { return false; }
    }
}
