using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>The codes of a client's shared devices, a site each. A code is shown once, when it is made.</summary>
internal sealed class AdminSitesPage(SiteCodes codes, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    public Client Client { get; private set; } = null!;
    public IReadOnlyList<SiteWithCode> Sites { get; private set; } = [];
    public string? Made { get; private set; }
    public string? MadeFor { get; private set; }
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel) => await LoadAsync(client, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostMakeAsync(string client, Guid site, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel) || await codes.MakeAsync(Client, new(site), cancel) is not { } code) return NotFound();
        await LoadAsync(client, cancel);
        (Made, MadeFor) = (code, Sites.First(s => s.Site.Id.Value == site).Site.Name);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string client, Guid site, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel) || Sites.All(s => s.Site.Id.Value != site)) return NotFound();
        // withdrawn twice is withdrawn
        await codes.WithdrawAsync(Client, new(site), cancel);
        await LoadAsync(client, cancel);
        Done = words["SiteCodeGone"];
        return Page();
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (!me.Has(StaffRoles.Operator | StaffRoles.ServiceLead) || clients.BySlug(slug) is not { IsMsp: false } client || !me.Staff.Serves(client.Id)) return false;
        (Client, Sites) = (client, await codes.ListAsync(client.Id, cancel));
        return true;
    }
}
