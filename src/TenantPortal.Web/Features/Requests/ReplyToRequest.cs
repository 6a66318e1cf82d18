using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Shared;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>A contact writes on a request, with files; either all of it arrives or nothing does, and the text comes back.</summary>
public sealed class ReplyToRequest(ChangeTicket change, Uploads uploads, Me me, IStringLocalizer<Words> words)
{
    public const int LongestText = 20_000;

    public async Task<IReadOnlyList<Problem>> RunAsync(RequestHead head, string? text, IReadOnlyCollection<IFormFile> photos, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text) && photos.Count > 0) text = words["SeeFiles"];
        if (Check(text, words) is { } problem) return [problem];
        if (!head.IsOpen) return [new("text", words["ClosedMeanwhile"])];
        var (kept, refused) = await uploads.KeepAsync(photos, 0, cancel);
        if (refused.Count > 0) return [.. refused.Select(r => new Problem("photos", r.Sentence))];
        var refusal = await change.RunAsync(head.Id, (ticket, now) =>
        {
            var refused = ticket.ContactReplies(CleanText.Of(text!).Trim(), Channel.Portal, me.AsActor(), now, out var message);
            foreach (var file in message is null ? [] : kept) ticket.Attach(file.Id, file.Name, file.MediaType, file.Size, message!.Id, me.AsActor(), now);
            return refused;
        }, cancel);
        return refusal is null ? [] : [new("text", refusal.Sentence)];
    }

    public static Problem? Check(string? text, IStringLocalizer<Words> words)
    {
        if (string.IsNullOrWhiteSpace(text)) return new("text", words["TextMissing"]);
        return text.Length > LongestText ? new("text", words["TextTooLong", text.Length, LongestText]) : null;
    }
}
