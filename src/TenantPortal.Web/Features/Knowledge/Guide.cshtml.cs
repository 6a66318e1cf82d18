using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class GuidePage(ReadGuide readGuide, RecordGuideUse recordUse, Me me) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Text { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Search { get; set; }
    public ReadableGuide Guide { get; private set; } = null!;
    public bool IsPrint { get; private set; }
    public bool Solved { get; private set; }
    public string CheckedOn => Guide.ApprovedAt.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        (IsPrint, Solved) = (Request.Query.ContainsKey("print"), Request.Query.ContainsKey("solved"));
        if (await readGuide.RunAsync(slug, GuideReader.Of(me.Contact), cancel) is not { } guide) return NotFound();
        Guide = guide;
        if (!Solved) await recordUse.RunAsync(guide, me.Contact.Id, IsPrint ? GuideUse.Printed : GuideUse.Opened, Search, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostSolvedAsync(string slug, CancellationToken cancel)
    {
        if (await readGuide.RunAsync(slug, GuideReader.Of(me.Contact), cancel) is not { } guide) return NotFound();
        await recordUse.RunAsync(guide, me.Contact.Id, GuideUse.Solved, Search, cancel);
        return Redirect($"{GuideLinks.Guide(me.Client!, guide.Slug)}?solved=1");
    }
}
