using Microsoft.AspNetCore.Mvc.Filters;

namespace TenantPortal.Web.Infrastructure;

/// <summary>Answers a few people at once, first come first served: more would take turns at the same processors, and whoever is unlucky would wait for all of them.
/// Work that nobody waits for goes on beside them one piece at a time. Nobody and nothing waits longer than a moment for a turn, whatever holds the others.</summary>
public sealed class Turns : IAsyncPageFilter, IDisposable
{
    /// <summary>Two for each processor: while one page waits for the database, another is made.</summary>
    public static readonly int AtOnce = 2 * Environment.ProcessorCount;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim free = new(AtOnce), beside = new(1);

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (await free.WaitAsync(Longest, http.RequestAborted)) http.Response.RegisterForDispose(new Turn(free));
        await next();
    }

    /// <summary>A turn for work that nobody waits for; null, at once, while nobody is being answered.</summary>
    public async Task<IDisposable?> BesideAsync(CancellationToken cancel) => free.CurrentCount < AtOnce && await beside.WaitAsync(Longest, cancel) ? new Turn(beside) : null;

    public void Dispose()
    {
        free.Dispose();
        beside.Dispose();
    }

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
