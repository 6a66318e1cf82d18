using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>What no clause speaks of: by client, by system, and by the categories of the last 90 days.</summary>
internal sealed class CoveragePage(ReadContracts contracts, ReadCoverage coverage) : PageModel
{
    public IReadOnlyList<ClientCoverage> All { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!contracts.MayEnter) return NotFound();
        All = await coverage.RunAsync(cancel);
        return Page();
    }
}
