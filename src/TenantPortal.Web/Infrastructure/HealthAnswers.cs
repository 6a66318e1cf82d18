using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Infrastructure;

/// <summary>What whoever watches the process asks, before anything else looks at the request: /health (it runs) and /health/ready (it can serve). One word each; whose portal it is stays out of it.</summary>
public sealed class HealthAnswers(RequestDelegate next, DatabaseProbe probe)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path != "/health" && path != "/health/ready") { await next(context); return; }
        var isWell = path == "/health" || await probe.AnswersAsync(context.RequestAborted);
        var response = context.Response;
        response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain";
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method)) await response.WriteAsync(path == "/health" ? "running" : isWell ? "ready" : "no database", context.RequestAborted);
    }

    /// <summary>./portal health: asks the process of this machine, for a container's own check. 0 when it is ready.</summary>
    public static async Task<int> AskAsync(string[] options, CancellationToken cancel)
    {
        var address = options is [var given] ? given : Environment.GetEnvironmentVariable("PORTAL_HEALTH") is { Length: > 0 } set ? set : "http://127.0.0.1:8080/health/ready";
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await client.GetAsync(new Uri(address), cancel);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(cancel));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException) { throw new InvalidOperationException($"Nothing answers at {address}: {e.Message}", e); }
    }
}
