using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Features.Shared;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>Screen 1: what is wrong, in the person's own words.</summary>
[RequestSizeLimit(Uploads.LargestForm), RequestFormLimits(MultipartBodyLengthLimit = Uploads.LargestForm)]
internal sealed class DescribePage(Drafts drafts, Uploads uploads, TriageFor triage, ConfirmChips confirm, SendReport send, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Draft { get; set; }
    [BindProperty(SupportsGet = true)] public string? Text { get; set; }
    [BindProperty] public string? Error { get; set; }
    [BindProperty] public List<IFormFile> Photos { get; set; } = [];

    public IReadOnlyList<KeptFile> Files { get; private set; } = [];
    public List<Problem> Problems { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Response.Headers["Accept-CH"] = BrowserSees.Wanted;
        if (Draft is not { } id)
        {
            Draft = Guid.CreateVersion7();
            return Page();
        }
        if (await drafts.FindAsync(id, cancel) is not { } form) return NotFound();
        (Text, Error, Files) = (form.Text, form.Error, form.Files);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var id = Draft ?? Guid.CreateVersion7();
        Draft = id;
        if (await drafts.SentAsync(id, cancel) is { } number) return Redirect($"/c/{me.Client!.Slug}/requests/{number}");
        var form = await drafts.FindAsync(id, cancel) ?? new ReportForm();
        Check();
        if (Problems.Count > 0) { Files = form.Files; return Page(); }
        (form.Text, form.Error) = (CleanText.Of(Text!).Trim(), string.IsNullOrWhiteSpace(Error) ? form.Error : CleanText.Of(Error).Trim());
        await KeepAsync(form, cancel);
        if (!await drafts.SaveAsync(id, form, cancel)) return NotFound();
        Files = form.Files;
        if (Problems.Count > 0) return Page();
        return Redirect(await IsUrgentAsync(form, cancel) ? await SendAsync(id, form, cancel) : $"/c/{me.Client!.Slug}/report/{id}/effect");
    }

    public async Task<IActionResult> OnPostDropAsync(Guid file, CancellationToken cancel)
    {
        if (Draft is not { } id || await drafts.FindAsync(id, cancel) is not { } form) return NotFound();
        form.Files.RemoveAll(f => f.Id == file);
        if (Text is { Length: <= ReportForm.LongestText }) form.Text = CleanText.Of(Text).Trim();
        if (Error is { Length: <= ReportForm.LongestError }) form.Error = CleanText.Of(Error).Trim();
        await drafts.SaveAsync(id, form, cancel);
        return Redirect($"/c/{me.Client!.Slug}/report?draft={id}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(CancellationToken cancel)
    {
        if (Draft is { } id) await drafts.RemoveAsync(id, cancel);
        return Redirect($"/c/{me.Client!.Slug}");
    }

    private void Check()
    {
        if (string.IsNullOrWhiteSpace(Text)) Problems.Add(new("text", words["TextMissing"]));
        else if (Text.Length > ReportForm.LongestText) Problems.Add(new("text", words["TextTooLong", Text.Length, ReportForm.LongestText]));
        if (Error?.Length > ReportForm.LongestError) Problems.Add(new("error", words["ErrorTooLong", Error.Length, ReportForm.LongestError]));
    }

    private async Task KeepAsync(ReportForm form, CancellationToken cancel)
    {
        var (kept, refused) = await uploads.KeepAsync(Photos, form.Files.Count, cancel);
        form.Files.AddRange(kept);
        Problems.AddRange(refused.Select(r => new Problem("photos", r.Sentence)));
    }

    // nobody confirms what was found out, so that it goes along as what it is: read, recorded or detected; what was chosen before stays chosen
    private async Task<string> SendAsync(Guid id, ReportForm form, CancellationToken cancel)
    {
        var chips = await confirm.RunAsync(form, Request.Headers, cancel);
        form.Offered = chips.Where(c => c.Offered is not null).ToDictionary(c => c.Key, c => c.Offered!);
        return await send.RunAsync(id, form, chips, form.Answers(chips), cancel);
    }

    // what looks urgent is sent at once, so that a person is told while the rest is asked
    private async Task<bool> IsUrgentAsync(ReportForm form, CancellationToken cancel)
    {
        var report = new Report { Subject = CleanText.FirstLine(form.Text), Text = form.Text, ErrorText = form.Error, SiteId = me.Contact.SiteId };
        var verdict = (await triage.RunAsync(me.Client!.Id, report, me.Contact.Id, null, false, time.GetUtcNow(), cancel)).Verdict;
        return verdict.LooksUrgent || verdict.Priority == Priority.P1;
    }
}
