using System.Threading.Channels;

namespace TenantPortal.Web.Features.Live;

/// <summary>One browser's open stream. What it cannot keep up with becomes one "everything may have changed".</summary>
public sealed class LiveStream(Guid person) : IDisposable
{
    private readonly Channel<LiveWord> words = Channel.CreateBounded<LiveWord>(256);
    private volatile bool lost;
    internal event Action? Closed;

    public Guid Person => person;

    internal void Tell(LiveWord word) { if (!words.Writer.TryWrite(word)) lost = true; }

    internal void End() => words.Writer.TryComplete();

    /// <summary>The next word; null when the given time passes without one. Ended: the stream is over.</summary>
    public async Task<(LiveWord? Word, bool Ended)> NextAsync(TimeSpan patience, CancellationToken cancel)
    {
        if (lost)
        {
            lost = false;
            while (words.Reader.TryRead(out _)) { }
            return (LiveWord.Refresh, false);
        }
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        wait.CancelAfter(patience);
        try { return (await words.Reader.ReadAsync(wait.Token), false); }
        catch (ChannelClosedException) { return (null, true); }
        catch (OperationCanceledException) { return (null, cancel.IsCancellationRequested); }
    }

    public void Dispose() => Closed?.Invoke();
}
