using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Readiness;

/// <summary>What is missing before a client's rules may act by themselves.</summary>
internal sealed class ReadinessPage(ReadReadiness readiness, FreezeBaseline freeze, IStringLocalizer<Words> words) : PageModel
{
    public ReadinessView? View { get; private set; }
    public IReadOnlyList<Client> Clients => readiness.Clients;
    public bool MayApprove => freeze.MayApprove;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(string? client, CancellationToken cancel) => await LoadAsync(client, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostFreezeAsync(string client, CancellationToken cancel)
    {
        if (Clients.FirstOrDefault(c => c.Slug == client) is not { } of || !readiness.MayEnter) return NotFound();
        Problem = (await freeze.FreezeAsync(of, cancel))?.Sentence;
        if (Problem is not null) return await LoadAsync(client, cancel) ? Page() : NotFound();
        Done = words["Frozen"];
        return Redirect($"/admin/readiness?client={of.Slug}");
    }

    public async Task<IActionResult> OnPostApproveAsync(Guid id, string client, CancellationToken cancel)
    {
        if (Clients.FirstOrDefault(c => c.Slug == client) is not { } of || !readiness.MayEnter) return NotFound();
        var (found, refusal) = await freeze.ApproveAsync(id, cancel);
        if (!found) return NotFound();
        Problem = refusal?.Sentence;
        if (Problem is not null) return await LoadAsync(client, cancel) ? Page() : NotFound();
        Done = words["ApprovedDone"];
        return Redirect($"/admin/readiness?client={of.Slug}");
    }

    private async Task<bool> LoadAsync(string? slug, CancellationToken cancel)
    {
        if (!readiness.MayEnter) return false;
        var client = string.IsNullOrEmpty(slug) ? Clients.Count > 0 ? Clients[0] : null : Clients.FirstOrDefault(c => c.Slug == slug);
        if (client is null) return string.IsNullOrEmpty(slug);
        View = await readiness.RunAsync(client, cancel);
        return true;
    }

    public static string Share(int part, DeskFigures of) => of.Tickets == 0 ? "-" : $"{part} ({100 * part / of.Tickets} %)";
}
