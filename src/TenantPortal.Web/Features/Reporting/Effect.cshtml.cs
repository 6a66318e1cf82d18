using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Shared;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>Screen 2: who is affected, and whether the person can keep working.</summary>
internal sealed class EffectPage(Drafts drafts, Me me, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Draft { get; set; }
    [BindProperty] public Impact? Impact { get; set; }
    [BindProperty] public Urgency? Urgency { get; set; }

    public ReportForm Form { get; private set; } = new();
    public List<Problem> Problems { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Response.Headers["Accept-CH"] = BrowserSees.Wanted;
        if (await drafts.FindAsync(Draft, cancel) is not { } form) return await SentOrNotFoundAsync(cancel);
        (Form, Impact, Urgency) = (form, form.Impact, form.Urgency);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await drafts.FindAsync(Draft, cancel) is not { } form) return await SentOrNotFoundAsync(cancel);
        Form = form;
        (form.Impact, form.Urgency) = (Impact ?? form.Impact, Urgency ?? form.Urgency);
        await drafts.SaveAsync(Draft, form, cancel);
        if (form.Impact is null) Problems.Add(new("impact-One", words["ImpactMissing"]));
        if (form.Urgency is null) Problems.Add(new("urgency-Stopped", words["UrgencyMissing"]));
        return Problems.Count > 0 ? Page() : Redirect($"/c/{me.Client!.Slug}/report/{Draft}/confirm");
    }

    private async Task<IActionResult> SentOrNotFoundAsync(CancellationToken cancel) =>
        await drafts.SentAsync(Draft, cancel) is { } number ? Redirect($"/c/{me.Client!.Slug}/requests/{number}") : NotFound();
}
