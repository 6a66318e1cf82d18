using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace TenantPortal.Web.Infrastructure;

/// <summary>What a program is told when something is wrong (RFC 9457): one body for unknown and forbidden alike, and a sentence that a person can act on.</summary>
public static class ApiProblems
{
    public const string MediaType = "application/problem+json";

    // as the framework writes answers, so that both come out the same to the byte
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the problem of a status that was set without a body.</summary>
    public static async Task WriteAsync(HttpContext context, Exception? failure)
    {
        var (title, sentence) = Said(context.Response.StatusCode, failure);
        if (title.Length == 0) return;
        if (context.Response.StatusCode == 503) context.Response.Headers.RetryAfter = "30";
        context.Response.ContentType = MediaType;
        await context.Response.WriteAsync(JsonSerializer.Serialize(Of(context.Response.StatusCode, title, sentence), Written));
    }

    public static ProblemDetails Of(int status, string title, string sentence) => new() { Type = "about:blank", Status = status, Title = title, Detail = sentence };

    private static (string Title, string Sentence) Said(int status, Exception? failure) => status switch
    {
        400 => ("The request could not be read", BadJson(failure) is { } place ? $"The body is not what this address takes{place}. Its description is at /api/v1/openapi.json." : "The request is broken. Its description is at /api/v1/openapi.json."),
        401 => ("No token", "Send a token that counts: Authorization: Bearer tpt_… An operator makes one under Administration, Tokens, and it may have expired or been taken back."),
        404 => ("Not found", "This does not exist, or it is not this token's to see."),
        405 => ("Not this method", "This address takes other methods. Its description is at /api/v1/openapi.json."),
        413 => ("Too large", "The request is larger than is read here."),
        415 => ("Not JSON", "Send a JSON body with Content-Type: application/json."),
        503 => ("Back in a moment", "The service cannot reach its database right now, and the request was not carried out. Send it again with the same Idempotency-Key."),
        500 => ("Something failed here", "The request was not carried out, and the fault is recorded."),
        _ => ("", ""),
    };

    // the place in the body is the caller's own; what the reader says about types is not
    private static string? BadJson(Exception? failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
            if (inner is JsonException json) return json.Path is { Length: > 1 and < 200 } path ? $", at {path}" : "";
        return failure is BadHttpRequestException ? "" : null;
    }
}
