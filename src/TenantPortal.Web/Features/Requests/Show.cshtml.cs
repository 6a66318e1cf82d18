using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Shared;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>One request with its conversation, and what its contact can do with it.</summary>
[RequestSizeLimit(Uploads.LargestForm), RequestFormLimits(MultipartBodyLengthLimit = Uploads.LargestForm)]
internal sealed class ShowPage(ReadRequest read, ReplyToRequest reply, ChangeTicket change, PortalDb db, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public int Number { get; set; }
    [BindProperty(SupportsGet = true)] public bool Sent { get; set; }
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public List<IFormFile> Photos { get; set; } = [];

    public RequestView View { get; private set; } = null!;
    public ClientTime Time { get; } = new(me.Client!, time.GetUtcNow());
    public IReadOnlyList<string> Systems { get; private set; } = [];
    public List<Problem> Problems { get; } = [];
    public string Here => $"/c/{me.Client!.Slug}/requests/{Number}";

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    /// <summary>The part that is fetched again when somebody has written.</summary>
    public async Task<IActionResult> OnPostReplyAsync(CancellationToken cancel)
    {
        if (await read.HeadAsync(Number, cancel) is not { } head) return NotFound();
        Problems.AddRange(await reply.RunAsync(head, Text, Photos, cancel));
        return Problems.Count > 0 ? await ShowAsync(cancel) : Redirect(Here);
    }

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancel) =>
        ChangeAsync((ticket, now) => ticket.Resolve(new(words["ClosedByContact"], null, null, null, null), null, me.AsActor(), now), cancel);

    public async Task<IActionResult> OnPostReopenAsync(CancellationToken cancel)
    {
        if (ReplyToRequest.Check(Text, words) is not { } problem) return await ChangeAsync((ticket, now) => Reopen(ticket, CleanText.Of(Text!).Trim(), now), cancel);
        Problems.Add(problem);
        return await ShowAsync(cancel);
    }

    private Refusal? Reopen(Ticket ticket, string why, DateTimeOffset now) =>
        ticket.Reopen(CleanText.FirstLine(why), me.AsActor(), now) ?? ticket.ContactReplies(why, Channel.Portal, me.AsActor(), now, out _);

    private async Task<IActionResult> ChangeAsync(Func<Ticket, DateTimeOffset, Refusal?> verb, CancellationToken cancel)
    {
        if (await read.HeadAsync(Number, cancel) is not { } head) return NotFound();
        if (await change.RunAsync(head.Id, verb, cancel) is not { } refusal) return Redirect(Here);
        Problems.Add(new("text", refusal.Sentence));
        return await ShowAsync(cancel);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (await read.RunAsync(Number, cancel) is not { } view) return NotFound();
        View = view;
        if (view.Head.Missing.Contains(IntakeGate.SystemField)) Systems = await db.Systems.AsNoTracking().OrderBy(s => s.Name).Select(s => s.Name).Take(50).ToListAsync(cancel);
        return Page();
    }
}
