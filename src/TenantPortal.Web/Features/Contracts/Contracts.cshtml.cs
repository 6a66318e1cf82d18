using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>Which clients, systems and clauses are still without a word of contract.</summary>
internal sealed class ContractsPage(ReadContracts contracts) : PageModel
{
    public IReadOnlyList<Coverage> All { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!contracts.MayEnter) return NotFound();
        All = await contracts.AllAsync(cancel);
        return Page();
    }
}
