using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using TenantPortal.Web.Infrastructure;

namespace TenantPortal.Web.Tests.Resilience;

/// <summary>Pages are made a few at once, and a page that hangs takes nobody's turn away for good.</summary>
public sealed class TurnsTests
{
    [Fact]
    public async Task A_page_waits_for_a_turn_and_gets_the_one_that_ends()
    {
        using var turns = new Turns();
        var first = new Answered();
        await VisitAsync(turns, "GET", first);
        for (var i = 1; i < Turns.AtOnce; i++) await VisitAsync(turns, "GET", new());
        var waits = VisitAsync(turns, "GET", new());
        Assert.False(waits.IsCompleted);
        await VisitAsync(turns, "POST", new());
        Assert.False(waits.IsCompleted, "what is sent waits for nobody");
        await first.EndAsync();
        await waits.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nobody_waits_for_pages_that_hang()
    {
        using var turns = new Turns();
        for (var i = 0; i < Turns.AtOnce; i++) await VisitAsync(turns, "GET", new());
        await VisitAsync(turns, "GET", new()).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static Task VisitAsync(Turns turns, string method, Answered answered)
    {
        var http = new DefaultHttpContext { Request = { Method = method } };
        http.Features.Set<IHttpResponseFeature>(answered);
        var page = new PageContext(new ActionContext(http, new RouteData(), new CompiledPageActionDescriptor()));
        return turns.OnPageHandlerExecutionAsync(new(page, [], new(), new Dictionary<string, object?>(StringComparer.Ordinal), new()), () => Task.FromResult(new PageHandlerExecutedContext(page, [], new(), new())));
    }

    private sealed class Answered : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Callback, object State)> ended = [];
        public override void OnCompleted(Func<object, Task> callback, object state) => ended.Add((callback, state));
        public async Task EndAsync() { foreach (var (callback, state) in ended) await callback(state); }
    }
}
