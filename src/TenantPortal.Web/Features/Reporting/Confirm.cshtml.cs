using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Features.Shared;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Files;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>Screen 3: what was found out by itself, to be confirmed or changed; then it is sent.</summary>
[RequestSizeLimit(Uploads.LargestForm), RequestFormLimits(MultipartBodyLengthLimit = Uploads.LargestForm)]
internal sealed class ConfirmPage(Drafts drafts, ConfirmChips confirm, Uploads uploads, SendReport send, PortalDb db, Me me, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Draft { get; set; }
    [BindProperty] public Dictionary<string, string?> Answers { get; set; } = [];
    [BindProperty] public List<IFormFile> Photos { get; set; } = [];

    public ReportForm Form { get; private set; } = new();
    public IReadOnlyList<Chip> Shown { get; private set; } = [];
    public List<Problem> Problems { get; } = [];

    public IReadOnlyList<ChipView> Chips => [.. Shown.Select(chip => new ChipView(chip, Answers.TryGetValue(chip.Key, out var answer) ? answer : chip.Offered?.Value, Problems.FirstOrDefault(p => p.Field == chip.Key)))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await drafts.FindAsync(Draft, cancel) is not { } form) return await SentOrNotFoundAsync(cancel);
        if (form.Impact is null || form.Urgency is null) return Redirect($"/c/{me.Client!.Slug}/report/{Draft}/effect");
        Form = form;
        Shown = await confirm.RunAsync(form, Request.Headers, cancel);
        form.Offered = Shown.Where(c => c.Offered is not null).ToDictionary(c => c.Key, c => c.Offered!);
        Answers = form.Answers(Shown).ToDictionary(a => a.Key, a => (string?)a.Value);
        await drafts.SaveAsync(Draft, form, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => TakeAsync((form, answers) => send.RunAsync(Draft, form, Shown, answers, cancel), cancel);

    public Task<IActionResult> OnPostEffectAsync(CancellationToken cancel) => TakeAsync((form, _) => KeepAsync(form, $"report/{Draft}/effect", cancel), cancel);

    public Task<IActionResult> OnPostTextAsync(CancellationToken cancel) => TakeAsync((form, _) => KeepAsync(form, $"report?draft={Draft}", cancel), cancel);

    private async Task<IActionResult> TakeAsync(Func<ReportForm, IReadOnlyDictionary<string, string>, Task<string>> goOn, CancellationToken cancel)
    {
        // files are stored over a connection of their own
        if (Photos.Count == 0) await db.HoldConnectionAsync(cancel);
        if (await drafts.FindAsync(Draft, cancel) is not { } form) return await SentOrNotFoundAsync(cancel);
        Form = form;
        Shown = await confirm.RunAsync(form, Request.Headers, cancel);
        // an empty choice is bound as null: nothing was said
        var answers = Shown.ToDictionary(chip => chip.Key, chip => Answers.GetValueOrDefault(chip.Key) ?? "");
        Problems.AddRange(Shown.Where(chip => !chip.Takes(answers[chip.Key])).Select(chip => new Problem(chip.Key, words["ChooseFromList"])));
        form.Choose(Shown, answers);
        var (kept, refused) = await uploads.KeepAsync(Photos, form.Files.Count, cancel);
        form.Files.AddRange(kept);
        Problems.AddRange(refused.Select(r => new Problem("photos", r.Sentence)));
        if (Problems.Count == 0)
        {
            await db.HoldConnectionAsync(cancel);
            return Redirect(await goOn(form, answers));
        }
        await drafts.SaveAsync(Draft, form, cancel);
        return Page();
    }

    private async Task<string> KeepAsync(ReportForm form, string next, CancellationToken cancel)
    {
        await drafts.SaveAsync(Draft, form, cancel);
        return $"/c/{me.Client!.Slug}/{next}";
    }

    private async Task<IActionResult> SentOrNotFoundAsync(CancellationToken cancel) =>
        await drafts.SentAsync(Draft, cancel) is { } number ? Redirect($"/c/{me.Client!.Slug}/requests/{number}") : NotFound();
}

/// <summary>A chip as the screen shows it: a value that was found out is a chip to look at, anything else is a question.</summary>
public sealed record ChipView(Chip Chip, string? Answer, Problem? Problem)
{
    public bool IsInferred => Chip.Offered is { } offered && offered.Value == Answer;

    public string Said(string value, IStringLocalizer words) => Chip.Key == Reporting.Chips.Sensitivity ? words["Sensitivity" + value].Value : Chip.TextOf(value) ?? value;
}

/// <summary>The chips of a draft: from its text, the client's lists and the browser.</summary>
public sealed class ConfirmChips(ReadReport readReport, ClientProfiles profiles, PortalDb db, Me me, TimeProvider time, IStringLocalizer<Words> words)
{
    public async Task<IReadOnlyList<Chip>> RunAsync(ReportForm form, IHeaderDictionary headers, CancellationToken cancel)
    {
        var found = await readReport.RunAsync($"{form.Text}\n{form.Error}", me.Contact, cancel);
        var profile = await profiles.OfAsync(me.Client!.Id, db, time.GetUtcNow(), cancel);
        return Reporting.Chips.For(profile, found, BrowserSees.In(headers), me.Contact.Id, words["OtherSystem"]);
    }
}
