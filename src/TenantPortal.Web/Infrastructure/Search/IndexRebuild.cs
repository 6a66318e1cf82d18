namespace TenantPortal.Web.Infrastructure.Search;

/// <summary>A client's index that is being made anew beside the one in use.</summary>
public sealed class IndexRebuild(DateTimeOffset startedAt)
{
    private volatile int done, total;
    private volatile string? failure;
    private volatile bool isOver;

    public DateTimeOffset StartedAt => startedAt;
    public int Done => done;
    public int Total => total;
    public bool IsOver => isOver;

    /// <summary>Why the old index stays in use.</summary>
    public string? Failure => failure;

    internal void Expect(int guides) => total = guides;

    internal void Read() => Interlocked.Increment(ref done);

    internal void End(string? why = null) => (failure, isOver) = (why, true);
}

/// <summary>A guide that could not be analysed, so that nobody finds it.</summary>
public sealed record UnreadGuide(Guid RunbookId, string Reason);
