using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace TenantPortal.Web.Infrastructure;

/// <summary>The pages that stand without layout, client or database: not found (one body for unknown and forbidden alike), try again, and failed.</summary>
public sealed class FailurePages(RequestDelegate next, DatabaseWatch watch, ILogger<FailurePages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        Exception? failure = null;
        var needsDatabase = !context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
        try
        {
            if (needsDatabase && !watch.MayAsk()) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else await next(context);
            if (needsDatabase && context.Response.StatusCode < 500) watch.Answered();
        }
        catch (Exception e) when (!context.Response.HasStarted && context.RequestAborted.IsCancellationRequested && e is OperationCanceledException) { return; }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            failure = e;
            context.Response.Clear();
            if (IsSilence(e)) watch.WasSilent();
            context.Response.StatusCode = StatusOf(e, context.Request);
            if (context.Response.StatusCode == 503) log.LogWarning("The database did not answer: {Reason}", e.GetBaseException().Message);
            if (context.Response.StatusCode == 500) log.LogError(e, "A request failed");
        }
        if (context.Response.StatusCode is 400 && IsTooLarge(context)) context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        if (context.Response.HasStarted || context.Response.ContentLength is not null || context.Response.ContentType is not null) return;
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) { await ApiProblems.WriteAsync(context, failure); return; }
        var (title, sentence) = context.Response.StatusCode switch
        {
            404 => ("Page not found", "This page does not exist, or it is not yours to see. Check the address, or go back and try again."),
            400 => ("The form could not be read", "The page was open for too long, or the form came in broken: at most 1,000 fields and 4 MB of text in one are read. Go back, reload the page and send it again; what you typed is still in your browser."),
            405 or 415 => ("This cannot be sent here", "The page takes only its own form. Go back, reload the page and send it again; what you typed is still in your browser."),
            413 => ("This is too large to send at once", $"What you sent is {Megabytes(context.Request.ContentLength)}; together text and files may have {Megabytes(Limit(context))}. Go back, take a file away and send it again; what you typed is still in your browser."),
            503 when HttpMethods.IsPost(context.Request.Method) => ("Back in a moment", "The service cannot reach its database right now, so what you just sent has not arrived. What you typed is still in your browser: go back in a minute and send it again."),
            503 => ("Back in a moment", "The service cannot reach its database right now. Nothing you sent before is lost. Reload this page in a minute."),
            500 => ("Something failed here", "The request was not carried out, and the fault is recorded. Go back and try again; if it fails again, call us."),
            _ => ("", ""),
        };
        if (title.Length > 0) await WriteAsync(context, title, sentence);
    }

    private static async Task WriteAsync(HttpContext context, string title, string sentence)
    {
        if (context.Response.StatusCode == 503) context.Response.Headers.RetryAfter = "30";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
            <meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/assets/base.css"><link rel="stylesheet" href="/assets/themes/default/tokens.css"><link rel="stylesheet" href="/assets/portal.css">
            <script src="/assets/js/theme.js" type="module"></script><script src="/assets/js/keep.js" type="module"></script></head>
            <body class="plain" data-failed><main class="column"><h1>{title}</h1><p>{sentence}</p></main></body></html>
            """);
    }

    private static int StatusOf(Exception e, HttpRequest request) => e switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // the one encoding that forms may name and the framework neither reads nor refuses
        NotSupportedException when request.ContentType?.Contains("utf-7", StringComparison.OrdinalIgnoreCase) == true => StatusCodes.Status400BadRequest,
        _ => IsDatabaseDown(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
    };

    // the check of the form's token meets an oversized form first, and can only say that it could not read it
    private static bool IsTooLarge(HttpContext context) => context.Request.ContentLength > Limit(context);

    private static long? Limit(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static string Megabytes(long? bytes) => bytes is { } known ? $"{Math.Max(1, known / 1024 / 1024)} MB" : "more than is allowed";

    private static bool IsSilence(Exception e) => e is TimeoutException || (e.InnerException is { } inner && IsSilence(inner));

    private static bool IsDatabaseDown(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
            if (inner is SocketException or TimeoutException or NpgsqlException { IsTransient: true } || inner is DbException { IsTransient: true } || inner is PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" }) return true;
        return false;
    }
}
