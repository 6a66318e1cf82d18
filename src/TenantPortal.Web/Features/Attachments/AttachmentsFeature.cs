using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Attachments;

/// <summary>Files of tickets: registration and the two addresses they are read from.</summary>
public static class AttachmentsFeature
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services.AddSingleton<DatabaseContent>().AddSingleton<S3Content>().AddSingleton<FilePlaces>().AddScoped<FileStore>().AddScoped<Uploads>();

    public static void MapAttachments(this WebApplication app)
    {
        app.MapGet("/c/{client}/requests/{number:int}/files/{id:guid}", OfContactAsync).RequireAuthorization(Sessions.Portal);
        app.MapGet("/desk/tickets/{reference}/files/{id:guid}", OfStaffAsync).RequireAuthorization(Sessions.Desk);
    }

    private static async Task OfContactAsync(int number, Guid id, HttpContext context, Me me, PortalDb db, FileStore store)
    {
        var tickets = db.Tickets.ReadableFor(me.Contact, db.Followers).Where(t => t.Number == number);
        await SendAsync(context, db.Attachments.Where(a => a.Id == id && tickets.Any(t => t.Id == a.TicketId)), store);
    }

    private static async Task OfStaffAsync(string reference, Guid id, HttpContext context, ClientDirectory clients, PortalDb db, FileStore store)
    {
        var at = reference.LastIndexOf('-');
        if (at < 1 || clients.ByPrefix(reference[..at]) is not { } client || !int.TryParse(reference.AsSpan(at + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var tickets = db.Tickets.Where(t => t.TenantId == client.Id && t.Number == number);
        await SendAsync(context, db.Attachments.Where(a => a.Id == id && tickets.Any(t => t.TenantId == a.TenantId && t.Id == a.TicketId)), store);
    }

    private static async Task SendAsync(HttpContext context, IQueryable<TicketAttachment> found, FileStore store)
    {
        var response = context.Response;
        if (await found.AsNoTracking().FirstOrDefaultAsync(context.RequestAborted) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var disposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue(FileType.IsSafeImage(file.MediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.FileName);
        response.ContentType = file.MediaType == FileType.Text.MediaType ? "text/plain; charset=utf-8" : file.MediaType;
        response.ContentLength = file.Size;
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try { await store.CopyToAsync(file.TenantId, file.FileId, response.Body, context.RequestAborted); }
        catch (FilesUnreachableException) when (!response.HasStarted)
        {
            response.Clear();
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
