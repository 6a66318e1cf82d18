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

    [Fact]
    public async Task Work_goes_on_one_piece_at_a_time_beside_people_and_freely_without_them()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var turns = new Turns();
        Assert.Null(await turns.BesideAsync(cancel));
        await VisitAsync(turns, "POST", new());
        using var first = await turns.BesideAsync(cancel);
        Assert.NotNull(first);
        var second = turns.BesideAsync(cancel);
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var next = await second.WaitAsync(TimeSpan.FromSeconds(20), cancel);
        Assert.NotNull(next);
        // whoever hangs holds nobody for good
        Assert.Null(await turns.BesideAsync(cancel).WaitAsync(TimeSpan.FromSeconds(20), cancel));
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
