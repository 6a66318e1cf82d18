namespace TenantPortal.Web.Infrastructure;

/// <summary>Knows when the database has fallen silent: three requests in a row ran into its time limit. From then on nobody waits for it, but one
/// request a second tries; the first answer ends it.</summary>
public sealed class DatabaseWatch(TimeProvider time)
{
    private const int Enough = 3;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private int inARow;
    private long triedAt;

    public bool MayAsk()
    {
        if (Volatile.Read(ref inARow) < Enough) return true;
        var last = Interlocked.Read(ref triedAt);
        return time.GetElapsedTime(last) > BetweenTries && Interlocked.CompareExchange(ref triedAt, time.GetTimestamp(), last) == last;
    }

    public void Answered() => Volatile.Write(ref inARow, 0);

    public void WasSilent()
    {
        Interlocked.Exchange(ref triedAt, time.GetTimestamp());
        Interlocked.Increment(ref inARow);
    }
}
