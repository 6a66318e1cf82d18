using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Serves a picture from the client's own store to who may read a guide or step that shows it: PNG or SVG, and an SVG may do nothing but be looked at.</summary>
internal static class Picture
{
    public static async Task<IResult> AnswerAsync(TenantId client, string pack, string name, Me me, PageReads reads, PortalDb db, HttpContext context, CancellationToken cancel)
    {
        var reader = me.ContactOrNone is { } contact ? GuideReader.Of(contact).Class : GuideReader.Of(me.Staff, client).Class;
        var showing = reads.AddPublishedWith(client, $"{pack}/{name}");
        await reads.RunAsync(cancel);
        if (!showing.Exists(guide => Shows(guide, $"{GuideMarkers.MediaRoot}{pack}/{name}\"", reader))) return Results.NotFound();
        var picture = await db.Media.AsNoTracking().FirstOrDefaultAsync(m => m.TenantId == client && m.Pack == pack && m.Name == name, cancel);
        if (picture is null || picture.MediaType is not ("image/png" or "image/svg+xml")) return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        context.Response.Headers.CacheControl = "private, max-age=600";
        return Results.Bytes(picture.Bytes, picture.MediaType);
    }

    private static bool Shows(PublishedRunbook guide, string address, ReaderClass reader) => GuideSight.MayRead(reader, guide)
        && GuideSight.Steps(reader, guide).SelectMany(s => new[] { s.Html, s.ExpectHtml, s.RollbackHtml }).Append(guide.Content.IntroductionHtml).Append(guide.Content.CauseHtml).Any(html => html?.Contains(address, StringComparison.Ordinal) == true);
}
