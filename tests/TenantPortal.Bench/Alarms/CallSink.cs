using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TenantPortal.Bench.Alarms;

/// <summary>An outside service that takes calls and cards and writes down each: what it says was sent is what was sent.</summary>
internal sealed class CallSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Key, string Said)> taken = new();

    private CallSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/calls", context => TakeAsync(context, body => body.GetProperty("description").GetString()!));
        app.MapPost("/cards", context => TakeAsync(context, body => $"{body.GetProperty("reference")} {body.GetProperty("what")}"));
        app.Urls.Add($"http://127.0.0.1:{Cluster.FreePort()}");
    }

    public Uri Address => new(app.Urls.First());

    public static async Task<CallSink> OpenAsync(CancellationToken cancel)
    {
        var sink = new CallSink();
        await sink.app.StartAsync(cancel);
        return sink;
    }

    /// <summary>How many came, how many said what another had said already, and how many were a repetition of the same message.</summary>
    public (int Taken, int SaidTwice, int Repeated) Count() => (taken.Count, taken.Count - taken.DistinctBy(t => t.Said).Count(), taken.Count - taken.DistinctBy(t => t.Key).Count());

    // a call names its own link, a card the ticket and the threshold: each is said once
    private async Task TakeAsync(HttpContext context, Func<JsonElement, string> said)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        taken.Enqueue((context.Request.Headers["Idempotency-Key"].ToString(), said(body.RootElement)));
        context.Response.StatusCode = 202;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
