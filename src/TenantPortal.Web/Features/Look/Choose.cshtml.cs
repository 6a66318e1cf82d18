using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Look;

internal sealed class ChoosePage(LookClients clients, Me me) : PageModel
{
    public IReadOnlyList<Client> Clients { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (!me.Has(StaffRoles.Operator | StaffRoles.ServiceLead)) return NotFound();
        Clients = clients.All;
        return Page();
    }
}
