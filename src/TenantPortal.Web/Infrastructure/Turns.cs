using Microsoft.AspNetCore.Mvc.Filters;

namespace TenantPortal.Web.Infrastructure;

/// <summary>Makes a few pages at once, first come first served: more would take turns at the same processors, and whoever is unlucky would wait for all of them.
/// Nobody waits longer than a moment for a turn, whatever holds the others. What is sent waits for none: its work goes on after the answer.</summary>
public sealed class Turns : IAsyncPageFilter, IDisposable
{
    /// <summary>Two for each processor: while one page waits for the database, another is made.</summary>
    public static readonly int AtOnce = 2 * Environment.ProcessorCount;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim free = new(AtOnce);

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) && await free.WaitAsync(Longest, http.RequestAborted)) http.Response.RegisterForDispose(new Turn(free));
        await next();
    }

    public void Dispose() => free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
