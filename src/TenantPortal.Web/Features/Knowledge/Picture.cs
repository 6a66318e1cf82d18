using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Serves a picture of a guide from the client's own store: PNG or SVG, and an SVG may do nothing but be looked at.</summary>
internal static class Picture
{
    public static async Task<IResult> AnswerAsync(TenantId client, string pack, string name, PortalDb db, HttpContext context, CancellationToken cancel)
    {
        var picture = await db.Media.AsNoTracking().FirstOrDefaultAsync(m => m.TenantId == client && m.Pack == pack && m.Name == name, cancel);
        if (picture is null || picture.MediaType is not ("image/png" or "image/svg+xml")) return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.CacheControl = "private, max-age=600";
        return Results.Bytes(picture.Bytes, picture.MediaType);
    }
}
