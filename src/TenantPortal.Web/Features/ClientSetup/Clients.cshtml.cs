using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ClientSetup;

internal sealed class ClientsPage(ClientDirectory clients, Me me) : PageModel
{
    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public bool MayAdd => me.Has(StaffRoles.Operator) && me.Staff.ServesAllClients;

    public IActionResult OnGet()
    {
        if (!me.Has(StaffRoles.Operator | StaffRoles.ServiceLead)) return NotFound();
        Clients = [.. clients.All.Where(c => !c.IsMsp && c.IsActive && me.Staff.Serves(c.Id))];
        return Page();
    }
}
