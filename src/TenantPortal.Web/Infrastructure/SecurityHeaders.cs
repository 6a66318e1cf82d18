namespace TenantPortal.Web.Infrastructure;

/// <summary>No inline script or style, nothing from elsewhere, no framing, no sniffing, and nothing of a signed-in person in any cache.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // both words: with one alone the form token would overwrite it and log a warning for each page
        headers.CacheControl = "no-cache, no-store";
        return next(context);
    }
}
