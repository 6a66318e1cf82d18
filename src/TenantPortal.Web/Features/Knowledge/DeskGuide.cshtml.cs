using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class DeskGuidePage(ReadGuide readGuide, LogSearch logSearch, PortalDb db, ClientDirectory clients, Me me) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Site { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Search { get; set; }
    public ReadableGuide Guide { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public IReadOnlyList<Site> Sites { get; private set; } = [];
    public string CheckedOn => Guide.ApprovedAt.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(string prefix, string slug, CancellationToken cancel)
    {
        if (clients.ByPrefix(prefix) is not { } client || !me.Staff.Serves(client.Id)) return NotFound();
        Sites = await db.Sites.AsNoTracking().Where(s => s.TenantId == client.Id).OrderBy(s => s.Name).ToListAsync(cancel);
        if (Site is { } wanted && Sites.All(s => s.Id.Value != wanted)) return NotFound();
        if (await readGuide.RunAsync(slug, GuideReader.Of(me.Staff, client.Id, Site is { } site ? new SiteId(site) : null), cancel) is not { } guide) return NotFound();
        (Guide, Client) = (guide, client);
        if (Search is { } search) await logSearch.ClickedAsync(search, me.Staff.Id.Value, guide.RunbookId, cancel);
        return Page();
    }
}
